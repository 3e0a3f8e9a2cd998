/** What was made from this browser, where a row doesn't say who made it. */
import { keep, kept } from '../api/kept'

class OwnIds {
  #place: string
  #ids = $state.raw<ReadonlySet<number>>(new Set())

  constructor(place: string) {
    this.#place = place
    this.#ids = new Set(kept<number[]>(place) ?? [])
  }

  has(id: number): boolean {
    return this.#ids.has(id)
  }

  add(id: number): void {
    if (this.#ids.has(id)) return
    this.#ids = new Set([...this.#ids, id])
    keep(this.#place, [...this.#ids])
  }
}

const all = new Map<string, OwnIds>()

/** One value a place: what a page adds, every other part of it knows. */
export function ownIds(name: string): OwnIds {
  const place = `own.${name}`
  let ids = all.get(place)
  if (ids === undefined) all.set(place, (ids = new OwnIds(place)))
  return ids
}
