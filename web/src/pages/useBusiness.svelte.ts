/** The business that a page is about, loaded when it is needed. */
import type { BusinessPages } from '../systems/business'
import { business } from '../systems'

export type Found = { at: 'loading' } | { at: 'found'; business: BusinessPages } | { at: 'failed' }

export function useBusiness(system: () => string): { readonly now: Found } {
  let now = $state.raw<Found>({ at: 'loading' })
  $effect(() => {
    let isGone = false
    business(system()).then(
      (found) => {
        if (!isGone) now = { at: 'found', business: found }
      },
      () => {
        if (!isGone) now = { at: 'failed' }
      },
    )
    return () => {
      isGone = true
    }
  })
  return {
    get now() {
      return now
    },
  }
}
