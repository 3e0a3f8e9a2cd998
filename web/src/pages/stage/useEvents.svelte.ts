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
async function earlier(path: string, position: number, tries = 3): Promise<EventRow[]> {
  const answer = await ask<Log>({ path: `${path}?after=${Math.max(0, position - EARLIER)}` })
  if (answer.ok) return answer.body.events.map((entry) => entry.event)
  // Others read it at this moment. A service that is stopped has nothing to tell.
  if (answer.problem.reason !== 'store' || tries === 0) return []
  await new Promise((goOn) => setTimeout(goOn, 500))
  return earlier(path, position, tries - 1)
}

function newest(rows: EventRow[]): string {
  return rows.reduce((last, { timestamp }) => (timestamp > last ? timestamp : last), '')
}

export interface Events {
  readonly rows: EventRow[]
  /** The time of the newest event that was there before this page, by the clock of the server: a browser's own may be wrong. `null`: not known yet. */
  readonly since: string | null
}

export function useEvents(business: () => BusinessPages, customer: () => string): Events {
  let watched = $state.raw<Watched<EventRow>[]>([])
  let before = $state.raw<EventRow[]>([])
  let since = $state.raw<string | null>(null)
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
    since = null
    return () => {
      for (const one of opened) live.unwatch(one)
    }
  })

  const streamed = $derived(watched.flatMap((one) => one.rows))
  // Asked once, when the streams are open: what lies between is in both, and shown once. Streams that break go on from where they were.
  const isOpen = $derived(watched.some((one) => one.isCurrent))
  $effect(() => {
    if (!isOpen || since !== null) return
    if (!untrack(() => me.now?.operator)) {
      since = untrack(() => newest(streamed))
      return
    }
    let isGone = false
    void (async () => {
      const { system } = untrack(business)
      const status = await ask<{ contexts: { context: string; position: number }[] }>({ path: `/${system}/operator/contexts` })
      const contexts = status.ok ? status.body.contexts : []
      const logs = await Promise.all(contexts.map(({ context, position }) => earlier(`/${system}/operator/contexts/${context}/events`, position)))
      if (isGone) return
      before = logs.flat()
      const fresh = new Set(streamed.map((row) => row.eventId))
      since = newest(before.filter((row) => !fresh.has(row.eventId)))
    })()
    return () => {
      isGone = true
    }
  })

  return {
    get rows() {
      return [...before, ...streamed]
    },
    get since() {
      return since
    },
  }
}
