/** The one live connection of the page. Whoever shows something watches a path; all watches share a stream, and two watchers of one path share its rows. */
import { ask } from './ask'
import { me } from './me.svelte'
import { type Problem, UNREACHABLE } from './problem'

/** A row as streams send it. An event, as operators watch them, is named by `eventId`: its `id` is a field like any other. The one row of a status has no name. */
export interface LiveRow {
  id?: number | string
  eventId?: string
}

export type Connection = 'connecting' | 'live' | 'reconnecting' | 'offline' | 'signed-out' | 'overloaded'

const FIRST_PAUSE_MS = 300
const LONGEST_PAUSE_MS = 10_000
/** Rows that come in a burst are shown together. */
const BURST_MS = 120
const WATCHES_MAX = 20
const FIRST_REFUSED_PAUSE_S = 2
const LONGEST_REFUSED_PAUSE_S = 30
/** Asked again, such a watch is refused again. */
const FINAL = [400, 403, 404]
/** A server tells every 15 s that it is there. A connection that hangs says nothing, and is opened anew. */
const SILENCE_MS = 40_000

function idOf(row: LiveRow): string {
  return String(row.eventId ?? row.id ?? '')
}

/** The rows of one watched path. */
export class Watched<Row extends LiveRow = LiveRow> {
  readonly path: string
  /** Oldest first, as they came. */
  rows = $state.raw<Row[]>([])
  /** All there is has been sent at least once. */
  isCurrent = $state(false)
  problem = $state.raw<Problem | null>(null)
  /** Whether the service that has the rows runs: while it is stopped, nothing comes. */
  isRunning = $state(true)
  /** Where the stream goes on from. */
  mark = ''
  /** How often in a row it was asked for again in vain. */
  refusals = 0
  watchers = 0
  #byId = new Map<string, Row>()
  #sentSinceOpened = new Set<string>()
  #keep: number
  #timer: ReturnType<typeof setTimeout> | undefined
  #isSettled = false

  constructor(path: string, keep: number) {
    this.path = path
    this.#keep = keep
  }

  opened(): void {
    this.isRunning = true
    this.#sentSinceOpened.clear()
    this.#isSettled = false
  }

  refuse(problem: Problem): void {
    this.problem = problem
    this.isCurrent = false
  }

  /** Nothing is known, as at first. */
  empty(): void {
    this.opened()
    this.mark = ''
    this.problem = null
    this.isCurrent = false
    this.#byId.clear()
    this.#publish()
  }

  put(row: Row): void {
    const id = idOf(row)
    this.#byId.set(id, row)
    this.#sentSinceOpened.add(id)
    if (this.#byId.size > this.#keep) {
      const oldest = this.#byId.keys().next().value
      if (oldest !== undefined) this.#byId.delete(oldest)
    }
    this.#changed()
  }

  delete(id: string): void {
    this.#byId.delete(id)
    this.#changed()
  }

  current(whole: boolean): void {
    if (whole) for (const id of [...this.#byId.keys()]) if (!this.#sentSinceOpened.has(id)) this.#byId.delete(id)
    this.#isSettled = true
    this.problem = null
    this.refusals = 0
    this.#publish()
    this.isCurrent = true
  }

  #changed(): void {
    if (this.problem !== null) this.problem = null
    if (this.#isSettled) this.#publish()
    else this.#timer ??= setTimeout(() => this.#publish(), BURST_MS)
  }

  #publish(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.rows = [...this.#byId.values()]
  }
}

class Live {
  /** `connecting` also while nobody watches anything. */
  connection = $state<Connection>('connecting')
  #watched = new Map<string, Watched>()
  /** In the order of the stream that is open. */
  #order: Watched[] = []
  #source: EventSource | null = null
  #pause = FIRST_PAUSE_MS
  #retry: ReturnType<typeof setTimeout> | undefined
  #again: ReturnType<typeof setTimeout> | undefined
  /** When the refused are asked for again, in ms since 1970. */
  #againAt = 0
  #silence: ReturnType<typeof setTimeout> | undefined
  #isReopening = false
  /** Counts what was opened and closed. */
  #turn = 0

  constructor() {
    addEventListener('online', () => this.reopenNow())
    addEventListener('offline', () => {
      if (this.#watched.size > 0) this.#broken('offline')
    })
    addEventListener('pagehide', () => this.#close())
    // A page that comes back from the browser's cache has lost its connection.
    addEventListener('pageshow', (event) => {
      if (event.persisted) this.reopenNow()
    })
    // What one may see another may not. Where nobody is signed in any more the rows stay, and with them the forms in which somebody types.
    me.whenOther((isAnother) => {
      if (isAnother) for (const watched of this.#watched.values()) watched.empty()
      this.reopenNow()
    })
  }

  /** Watches until `unwatch`; `keep` bounds the rows that are held, oldest first to go. */
  watch<Row extends LiveRow>(path: string, keep = Number.POSITIVE_INFINITY): Watched<Row> {
    let watched = this.#watched.get(path)
    if (watched === undefined) {
      watched = new Watched(path, keep)
      this.#watched.set(path, watched)
      this.#reopenSoon()
    }
    watched.watchers += 1
    return watched as unknown as Watched<Row>
  }

  unwatch(watched: { path: string }): void {
    const held = this.#watched.get(watched.path)
    if (held === undefined) return
    held.watchers -= 1
    if (held.watchers > 0) return
    // Somebody may watch the same path again at once, as when a language changes.
    setTimeout(() => {
      if (held.watchers > 0 || this.#watched.get(held.path) !== held) return
      this.#watched.delete(held.path)
      this.#reopenSoon()
    }, 0)
  }

  reopenNow(): void {
    this.#pause = FIRST_PAUSE_MS
    this.#open()
  }

  /** Several watches that begin or end together make one new stream. */
  #reopenSoon(): void {
    if (this.#isReopening) return
    this.#isReopening = true
    setTimeout(() => {
      this.#isReopening = false
      this.#open()
    }, 0)
  }

  #close(): void {
    this.#turn += 1
    clearTimeout(this.#retry)
    clearTimeout(this.#again)
    clearTimeout(this.#silence)
    this.#again = undefined
    this.#source?.close()
    this.#source = null
  }

  #open(): void {
    this.#close()
    const all = [...this.#watched.values()]
    this.#order = all.slice(0, WATCHES_MAX)
    if (all.length === 0) {
      this.connection = 'connecting'
      return
    }
    if (me.mustSignIn) {
      this.connection = 'signed-out'
      for (const watched of all) watched.refuse({ ...UNREACHABLE, status: 401 })
      return
    }
    const tooMany = all.slice(WATCHES_MAX)
    for (const watched of tooMany) watched.refuse(UNREACHABLE)
    if (import.meta.env.DEV && tooMany.length > 0) console.error(`A page has ${WATCHES_MAX} watches; left out: ${tooMany.map((watched) => watched.path).join(', ')}`)
    const query = new URLSearchParams()
    for (const watched of this.#order) query.append('watch', watched.path)
    for (const watched of this.#order) query.append('after', watched.mark)
    const source = new EventSource(`/live?${query}`)
    this.#source = source
    this.#heard()
    source.onopen = () => {
      // While it was away somebody else may have signed in.
      if (this.connection !== 'live' && this.connection !== 'connecting' && !me.isOpen) void me.learn()
      this.connection = 'live'
      this.#pause = FIRST_PAUSE_MS
      for (const watched of this.#order) watched.opened()
      this.#heard()
    }
    source.addEventListener('alive', () => this.#heard())
    source.onerror = () => {
      if (this.#source !== source) return
      const isRefused = source.readyState === EventSource.CLOSED
      this.#close()
      if (isRefused) void this.#askWhy()
      else this.#broken(navigator.onLine ? 'reconnecting' : 'offline')
    }
    const on = (name: string, handle: (watched: Watched, data: Record<string, unknown>) => void): void => {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        this.#heard()
        const data = JSON.parse(event.data) as Record<string, unknown>
        const watched = this.#order[Number(data.watch)]
        if (watched !== undefined) handle(watched, data)
        this.#remember(event.lastEventId)
      })
    }
    on('row', (watched, data) => {
      // A value that is not there yet, as the first figures are.
      if (data.row !== null) watched.put(data.row as LiveRow)
    })
    on('deleted', (watched, data) => watched.delete(String(data.id)))
    on('current', (watched, data) => watched.current(data.whole === true))
    on('running', (watched, data) => {
      watched.isRunning = data.running === true
    })
    on('problem', (watched, data) => {
      const problem = data.problem as Problem
      watched.refuse(problem)
      if (!FINAL.includes(problem.status)) this.#againLater(watched, Number(data.retryAfterS ?? problem.retryAfter ?? 0))
    })
  }

  #heard(): void {
    clearTimeout(this.#silence)
    this.#silence = setTimeout(() => {
      this.connection = 'reconnecting'
      this.#open()
    }, SILENCE_MS)
  }

  #remember(marks: string): void {
    if (marks === '') return
    marks.split(',').forEach((mark, place) => {
      const watched = this.#order[place]
      if (watched !== undefined) watched.mark = mark
    })
  }

  /** A watch that can't be served now is asked for again while the others go on; less and less often, as it makes a new stream for all. */
  #againLater(watched: Watched, retryAfterS: number): void {
    const pause = Math.max(retryAfterS, Math.min(FIRST_REFUSED_PAUSE_S * 2 ** watched.refusals, LONGEST_REFUSED_PAUSE_S)) * 1000
    const at = Date.now() + pause
    if (this.#again !== undefined && this.#againAt <= at) return
    clearTimeout(this.#again)
    this.#againAt = at
    this.#again = setTimeout(() => {
      for (const one of this.#order) if (one.problem !== null) one.refusals += 1
      this.#open()
    }, pause)
  }

  /** The browser doesn't say why a stream was refused. */
  async #askWhy(): Promise<void> {
    const turn = this.#turn
    const isThere = await me.learn()
    // Opened anew in the meantime.
    if (turn !== this.#turn) return
    if (!isThere) return this.#broken('offline')
    if (me.mustSignIn) return this.#open()
    const answer = await ask({ path: '/health/ready' })
    if (turn !== this.#turn) return
    const isBusy = answer.ok || answer.problem.status === 429 || answer.problem.status === 503
    this.#broken(isBusy ? 'overloaded' : 'offline', answer.ok ? undefined : answer.problem.retryAfter)
  }

  #broken(connection: Connection, retryAfter?: number): void {
    this.#close()
    this.connection = connection
    // Pages that lost the same server don't come back in step.
    const pause = Math.max(this.#pause * (0.75 + Math.random() / 2), (retryAfter ?? 0) * 1000)
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS)
    this.#retry = setTimeout(() => this.#open(), pause)
  }
}

export const live = new Live()

/** Watches a path for as long as the component lives; the path may change with what it is made of. */
export function useWatched<Row extends LiveRow>(path: () => string | null, keep?: number): { readonly now: Watched<Row> | null } {
  let now = $state.raw<Watched<Row> | null>(null)
  $effect(() => {
    const wanted = path()
    if (wanted === null) {
      now = null
      return
    }
    const watched = live.watch<Row>(wanted, keep)
    now = watched
    return () => live.unwatch(watched)
  })
  return {
    get now() {
      return now
    },
  }
}
