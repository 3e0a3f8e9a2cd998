/** Whether a system is at rest: all of it runs, and nothing is under way, in doubt, set aside or unread. Only then are its rules checked. */
import type { ContextStatus } from './operate.svelte'

type Standing = Pick<ContextStatus, 'running' | 'sagas' | 'undoing' | 'inDoubt' | 'parkedEvents' | 'lags'>

export function isAtRest(contexts: Standing[]): boolean {
  return contexts.every((one) => one.running && (one.sagas ?? 0) + (one.undoing ?? 0) + (one.inDoubt ?? 0) + (one.parkedEvents ?? 0) === 0 && one.lags.every(({ events }) => events === 0))
}
