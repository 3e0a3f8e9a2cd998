/** Which steps of a timeline take too long: measured by the clock of the browser alone, from when it saw them first. */
import { FirstSeen } from '../api/firstSeen'
import type { TimelineStep } from './Timeline.svelte'

/** Without progress for longer than this something is probably down, and the step says that nothing is lost. */
const SLOW_MS = 8_000
const SLOW_PERSON_MS = 60_000

export class Slowness {
  #seen = new FirstSeen()

  of({ key, state, since, waitsForSomebody }: TimelineStep, now: number): boolean {
    if (state !== 'now' || since === undefined) return false
    return now - this.#seen.of(`${key} ${since}`) > (waitsForSomebody ? SLOW_PERSON_MS : SLOW_MS)
  }
}
