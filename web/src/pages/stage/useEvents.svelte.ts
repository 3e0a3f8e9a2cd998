/** The events of a business for its stage: an operator's from the contexts' logs, a customer's from their own messages. */
import { untrack } from 'svelte'
import { ask } from '../../api/ask'
import { live, type Watched } from '../../api/live.svelte'
import { me } from '../../api/me.svelte'
import type { BusinessPages } from '../../systems/business'
import type { EventRow } from './happenings'

/** Of each context. */
const KEPT = 120
const EARLIER = 40

interface Log {
  events: { event: EventRow }[]
}

/** The last events before this page came: the streams tell only what happens from now on. */
async function earlier(path: string, position: number): Promise<EventRow[]> {
  const answer = await ask<Log>({ path: `${path}?after=${Math.max(0, position - EARLIER)}` })
  return answer.ok ? answer.body.events.map((entry) => entry.event) : []
}

export function useEvents(business: () => BusinessPages, customer: () => string): { readonly rows: EventRow[] } {
  let watched = $state.raw<Watched<EventRow>[]>([])
  let before = $state.raw<EventRow[]>([])
  const paths = $derived.by(() => {
    const { system, contexts } = business()
    if (me.now === null || me.mustSignIn) return []
    if (!me.now.operator) return [`/${system}/messages?customer=${encodeURIComponent(customer())}`]
    return Object.keys(contexts).map((context) => `/${system}/operator/contexts/${context}/events`)
  })
  /** The same text for the same paths, so that nothing is opened anew when only `me` was asked again. */
  const wanted = $derived(paths.join('\n'))

  $effect(() => {
    const opened = wanted === '' ? [] : wanted.split('\n').map((path) => live.watch<EventRow>(path, KEPT))
    watched = opened
    before = []
    return () => {
      for (const one of opened) live.unwatch(one)
    }
  })

  // Asked once the streams are open: what lies between is in both, and shown once.
  const isOpen = $derived(watched.length > 0 && watched.some((one) => one.isCurrent))
  $effect(() => {
    if (!isOpen || !untrack(() => me.now?.operator)) return
    let isGone = false
    void (async () => {
      const { system } = untrack(business)
      const status = await ask<{ contexts: { context: string; position: number }[] }>({ path: `/${system}/operator/contexts` })
      if (!status.ok) return
      const logs = await Promise.all(status.body.contexts.map(({ context, position }) => earlier(`/${system}/operator/contexts/${context}/events`, position)))
      if (!isGone) before = logs.flat()
    })()
    return () => {
      isGone = true
    }
  })

  return {
    get rows() {
      return [...before, ...watched.flatMap((one) => one.rows)]
    },
  }
}
