/** When this page first saw something that carries no time of its own. */
export class FirstSeen {
  #at = new Map<number | string, number>()

  of(id: number | string): number {
    let at = this.#at.get(id)
    if (at === undefined) this.#at.set(id, (at = Date.now()))
    return at
  }
}
