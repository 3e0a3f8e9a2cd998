/** A component's place for what is tested: its effects run, and end with `leave`. */
import { flushSync } from 'svelte'

export function rooted<T>(make: () => T): { made: T; leave: () => void } {
  let made: T | undefined
  const leave = $effect.root(() => {
    made = make()
  })
  flushSync()
  return { made: made as T, leave }
}

export { flushSync }
