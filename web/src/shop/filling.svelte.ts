/** An empty shop that is filled with examples: the same commands that anybody sends, one after another. */
import { Sending, type Wish } from '../api/sending.svelte'

export class Filling {
  done = $state(0)
  all = $state(0)
  readonly sending: Sending<{ id: number }>
  #wishes: Wish[] = []
  #placed: (id: number, path: string) => void

  constructor(placed: (id: number, path: string) => void) {
    this.#placed = placed
    this.sending = new Sending<{ id: number }>((phase) => {
      const wish = this.#wishes[this.done]
      if (phase.at !== 'done' || wish === undefined) return
      this.#placed(phase.body.id, wish.path)
      this.done += 1
      this.#next()
    })
  }

  get isUnderWay(): boolean {
    return this.sending.isUnderWay
  }

  start(wishes: Wish[]): void {
    if (this.isUnderWay) return
    this.#wishes = wishes
    this.done = 0
    this.all = wishes.length
    this.#next()
  }

  #next(): void {
    const wish = this.#wishes[this.done]
    if (wish !== undefined) this.sending.start(wish)
  }
}

export function useFilling(placed: (id: number, path: string) => void = () => {}): Filling {
  const filling = new Filling(placed)
  $effect(() => () => filling.sending.leave())
  return filling
}
