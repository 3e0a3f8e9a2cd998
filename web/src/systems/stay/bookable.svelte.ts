/** Whether a room or a car can be booked now: one that somebody is just booking still looks free in its list. */
import { ask } from '../../api/ask'

export interface Bookable {
  /** `null`: not known. */
  readonly now: boolean | null
  again(): void
}

/** Asked whenever what `path` is made of changes. */
export function useBookable(path: () => string | null): Bookable {
  let now = $state<boolean | null>(null)
  let tries = $state(0)
  $effect(() => {
    void tries
    const asked = path()
    now = null
    if (asked === null) return
    const stop = new AbortController()
    void ask<boolean>({ path: asked, signal: stop.signal }).then((answer) => {
      if (!stop.signal.aborted && answer.ok) now = answer.body
    })
    return () => stop.abort()
  })
  return {
    get now() {
      return now
    },
    again: () => {
      tries += 1
    },
  }
}
