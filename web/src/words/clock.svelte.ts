/** The time now, as something that pages can depend on; it ticks only while somebody looks at it. */
import { createSubscriber } from 'svelte/reactivity'

class Clock {
  #subscribe: () => void

  constructor(tickMs: number) {
    this.#subscribe = createSubscriber((update) => {
      const timer = setInterval(update, tickMs)
      return () => clearInterval(timer)
    })
  }

  get now(): number {
    this.#subscribe()
    return Date.now()
  }
}

/** For countdowns. */
export const seconds = new Clock(250)
/** For "3 minutes ago". */
export const moments = new Clock(5_000)
