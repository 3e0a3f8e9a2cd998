/** The business that a page is about, loaded when it is needed. */
import type { BusinessPages } from '../systems/business'
import { business } from '../systems'

export type Found = { at: 'loading' } | { at: 'found'; business: BusinessPages } | { at: 'missing' } | { at: 'failed' }

export function useBusiness(system: () => string): { readonly now: Found } {
  let now = $state.raw<Found>({ at: 'loading' })
  $effect(() => {
    const promise = business(system())
    if (promise === null) {
      now = { at: 'missing' }
      return
    }
    let isGone = false
    promise.then(
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
