/** What operators see of a system: the status of its contexts and their logs, read once and then followed live. */
import { untrack } from 'svelte'
import { ask } from '../api/ask'
import { live, type LiveRow, useWatched, type Watched } from '../api/live.svelte'
import { me } from '../api/me.svelte'
import { type Board, type Entry, eventId, type Port, type Positions } from './value'

export interface Upstream {
  name: string
  state: string
  failures: number
  inFlight: number
  retries: number
  turnedAway: number
}

/** Who works for a context that several processes may work for, by internal addresses. */
export interface Ownership {
  owner: string | null
  epoch: number
  replicas: { url: string; state: 'starting' | 'ready' | 'leaving'; release: number }[]
}

/** Null: its owner, which is another process, has not said. */
export interface ContextStatus {
  context: string
  running: boolean
  /** Whether the process that answers works for it. */
  here: boolean
  ownership: Ownership | null
  position: number
  positions: Record<string, number>
  lags: { consumer: string; source: string; events: number }[]
  queue: number | null
  sagas: number | null
  undoing: number | null
  holds: number
  inDoubt: number | null
  parkedEvents: number | null
  parkedKeys: number | null
  stoppedConsumer: string | null
  fault: string | null
  upstreams: Upstream[] | null
  ports: Port[]
}

type Place = Pick<ContextStatus, 'context' | 'position'>

export interface Status extends LiveRow {
  contexts: ContextStatus[]
  /** Null: the process that answers does not see all contexts. */
  broken: { rule: string; amount: number }[] | null
}

interface Frame extends LiveRow {
  eventId: string
  eventType: string
  source: string
  timestamp: string
  position: number
  correlationId: string
  key: number
  published: boolean
  [field: string]: unknown
}

export interface LogPage {
  context: string
  events: { event: Frame; kind: string; id: number; state: unknown }[]
  next: number | null
}

/** Of each context's log, before this page came and since. */
const EARLIER = 500
const KEPT = 400
/** Of each context, of those that are shown: more than a stream holds, so that none is taken for a new one. */
const HELD = 900

/** A log that could not be read at first is read again after this, and less and less often. */
const AGAIN_MS = 1000
const LONGEST_AGAIN_MS = 30_000
/** Events that come while something is drawn wait this long. */
const TOGETHER_MS = 250

const ENVELOPE = ['eventId', 'eventType', 'source', 'timestamp', 'position', 'correlationId', 'key', 'published']

export function entryOf(event: Frame, rest: { kind?: string; id?: number; state?: unknown } = {}): Entry {
  const { eventId: id, eventType, source, timestamp, position, correlationId, key, published } = event
  const fields = Object.fromEntries(Object.entries(event).filter(([name]) => !ENVELOPE.includes(name)))
  return { eventId: id, eventType, source, timestamp, position, correlationId, key, published, fields, ...rest }
}

export interface Operating {
  readonly isAllowed: boolean
  readonly status: Status | null
  readonly positions: Positions
  readonly running: Record<string, boolean>
  /** The newest entries of all logs, oldest first. */
  readonly entries: Entry[]
  /** By the id of the event's note. */
  readonly counts: Map<string, number>
  /** How often logs were read from before this page came; 0: not yet. */
  readonly reads: number
  /** `heard` is told the events that come while the page is open, once each; gives back how to stop. */
  listen(heard: (entries: Entry[]) => void): () => void
}

export function useOperating(board: Board): Operating {
  const { system } = board
  const contexts = board.columns.map((column) => column.context)
  const isAllowed = $derived(me.now?.operator === true)
  const status = useWatched<Status>(() => (isAllowed ? `/${system}/operator/contexts` : null))
  let watched = $state.raw<Watched<Frame>[]>([])
  let entries = $state.raw<Entry[]>([])
  let counts = $state.raw(new Map<string, number>())
  let reads = $state(0)
  /** Logs that could not be read yet, with where their contexts were. */
  let missing = $state.raw<Place[]>([])
  const listeners = new Set<(entries: Entry[]) => void>()
  const seen = new Set<string>()
  /** Which kind of thing an event happens to: the live streams don't say. */
  const kinds = new Map<string, string>()

  function take(fresh: Entry[]): Entry[] {
    const unseen = fresh.filter((entry) => !seen.has(entry.eventId))
    if (unseen.length === 0) return []
    const next = new Map(counts)
    for (const entry of unseen) {
      seen.add(entry.eventId)
      const id = eventId(entry.source, entry.eventType)
      if (entry.kind !== undefined) kinds.set(id, entry.kind)
      else {
        const kind = kinds.get(id)
        if (kind !== undefined) entry.kind = kind
      }
      next.set(id, (next.get(id) ?? 0) + 1)
    }
    counts = next
    entries = [...entries, ...unseen].sort((a, b) => (a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0)).slice(-HELD * contexts.length)
    if (seen.size > entries.length * 4) {
      seen.clear()
      for (const entry of entries) seen.add(entry.eventId)
    }
    return unseen
  }

  $effect(() => {
    if (!isAllowed) return
    const opened = contexts.map((context) => live.watch<Frame>(`/${system}/operator/contexts/${context}/events`, KEPT))
    watched = opened
    return () => {
      watched = []
      for (const one of opened) live.unwatch(one)
    }
  })

  // Read once the streams are open: what lies between is in both, and counted once.
  const isOpen = $derived(watched.length > 0 && watched.some((one) => one.isCurrent) && (status.now?.rows.length ?? 0) > 0)
  $effect(() => {
    if (!isOpen || untrack(() => reads > 0)) return
    let isGone = false
    const all = untrack(() => status.now?.rows[0]?.contexts ?? [])
    void (async () => {
      const found = await readLogs(all)
      if (isGone) return
      take(found.entries)
      missing = found.missing
      reads += 1
    })()
    return () => {
      isGone = true
    }
  })

  async function readLogs(places: Place[]): Promise<{ entries: Entry[]; missing: Place[] }> {
    const missing: Place[] = []
    const logs = await Promise.all(
      places.map(async (place) => {
        const answer = await ask<LogPage>({ path: `/${system}/operator/contexts/${place.context}/events?after=${Math.max(0, place.position - EARLIER)}` })
        if (answer.ok) return answer.body.events.map(({ event, kind, id }) => entryOf(event, { kind, id }))
        missing.push(place)
        return []
      }),
    )
    return { entries: logs.flat(), missing }
  }

  const isBack = ({ context }: Place): boolean => running[context] === true
  const back = $derived(missing.filter(isBack).map(({ context }) => context).join())
  /** Those that were asked last, and how often in vain. */
  let tried = ''
  let inVain = 0
  $effect(() => {
    const places = missing
    if (back !== tried) inVain = 0
    tried = back
    if (back === '') return
    let isGone = false
    const timer = setTimeout(
      async () => {
        const asked = places.filter(isBack)
        const found = await readLogs(asked)
        if (isGone) return
        take(found.entries)
        inVain += 1
        missing = [...places.filter((place) => !asked.includes(place)), ...found.missing]
        if (found.missing.length < asked.length) reads += 1
      },
      Math.min(AGAIN_MS * 2 ** inVain, LONGEST_AGAIN_MS),
    )
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  })

  // The first event is shown at once; those of a storm are shown together, or drawing would hold up everything else.
  let pause: ReturnType<typeof setTimeout> | undefined
  let isMore = false
  function settle(): void {
    if (pause !== undefined) {
      isMore = true
      return
    }
    isMore = false
    const fresh = take(watched.flatMap((one) => one.rows).filter((row) => !seen.has(row.eventId)).map((row) => entryOf(row)))
    if (fresh.length > 0) for (const heard of listeners) heard(fresh)
    pause = setTimeout(() => {
      pause = undefined
      if (isMore) settle()
    }, TOGETHER_MS)
  }
  $effect(() => {
    for (const one of watched) void one.rows
    untrack(settle)
  })
  $effect(() => () => clearTimeout(pause))

  const now = $derived(status.now?.rows[0] ?? null)
  const positions = $derived(Object.fromEntries((now?.contexts ?? []).map((one) => [one.context, one.positions ?? {}])))
  const running = $derived(Object.fromEntries((now?.contexts ?? []).map((one) => [one.context, one.running])))
  return {
    get isAllowed() {
      return isAllowed
    },
    get status() {
      return now
    },
    get positions() {
      return positions
    },
    get running() {
      return running
    },
    get entries() {
      return entries
    },
    get counts() {
      return counts
    },
    get reads() {
      return reads
    },
    listen(heard) {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
  }
}
