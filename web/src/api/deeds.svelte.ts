/** What somebody does to rows, each with one touch: at most one thing at a time to a row. */
import { SvelteMap } from 'svelte/reactivity'
import { type Phase, Sending, type Wish } from './sending.svelte'

type Id = number | string

export class Deeds<T = unknown> {
  #byRow = new SvelteMap<Id, Sending<T>>()

  of(id: Id): Sending<T> | undefined {
    return this.#byRow.get(id)
  }

  phase(id: Id): Phase<T>['at'] {
    return this.#byRow.get(id)?.phase.at ?? 'idle'
  }

  /** The row's last touch knows its key: where it was stopped, the same once more counts once. */
  do(id: Id, wish: Wish, settled: (phase: Phase<T>) => void = () => {}): void {
    const sending = this.#byRow.get(id) ?? new Sending<T>()
    this.#byRow.set(id, sending)
    sending.start(wish, settled)
  }

  forget(id: Id): void {
    this.#byRow.delete(id)
  }

  leave(): void {
    for (const sending of this.#byRow.values()) sending.leave()
  }
}

export function useDeeds<T = unknown>(): Deeds<T> {
  const deeds = new Deeds<T>()
  $effect(() => () => deeds.leave())
  return deeds
}
