/** Follows the arrows of the board for one request: what happened, what has not yet, and what waits for a person. */
import { causes, type Caused, chains, inTime, type Learned, makes } from './learn'
import { placeOf } from './parked'
import { cancelEvents } from './undo'
import { askId, type Board, type Entry, eventId, foldId, type Positions, requestContext, type Whenever, whenevers } from './value'

/** Of the entries with the number of a request those that belong to it: things of another kind may have the same number. */
export function ofRequest(board: Board, entries: Entry[]): Entry[] {
  const core = requestContext(board)
  const own = new Set(entries.filter((entry) => entry.source === core).map((entry) => entry.correlationId))
  if (own.size === 0) return [...entries].sort(inTime)
  const thing = (entry: Entry): string => `${entry.source}/${entry.kind ?? ''}/${entry.id ?? ''}`
  let size = -1
  const things = new Set<string>()
  // What one of its things does in another chain, as when a driver picks, brings that chain in.
  while (size !== own.size + things.size) {
    size = own.size + things.size
    for (const entry of entries) {
      if (own.has(entry.correlationId)) things.add(thing(entry))
      else if (things.has(thing(entry)) && entry.kind !== undefined && isLinked(board, entry)) own.add(entry.correlationId)
    }
  }
  return entries.filter((entry) => own.has(entry.correlationId)).sort(inTime)
}

/** An event of the request's flow: some policy or view hears it, or it stays inside. A room that is registered is none. */
function isLinked(board: Board, entry: Entry): boolean {
  if (!entry.published) return true
  return board.arrows.some((arrow) => arrow.source === entry.source && arrow.event === entry.eventType && arrow.commands.length > 0)
}

export interface Waiting {
  when: Whenever
  cause: Entry
  why: 'on its way' | 'stopped' | 'set aside'
}

/** A view that has yet to read an event. */
export interface Unread {
  context: string
  view: string
  cause: Entry
  why: 'on its way' | 'stopped'
}

export interface Path {
  /** Notes and arrows that the request went over, each with when it did so first. */
  lit: Map<string, string>
  waiting: Waiting[]
  views: Unread[]
  /** Commands and events that come once those that wait are done, in order, as the logs show it so far. */
  expected: { id: string; context: string; text: string; kind: 'command' | 'event' }[]
  /** Events that somebody may yet bring about, as the logs show it so far. */
  people: { context: string; event: string }[]
}

/** How far the contexts have come. */
export interface Progress {
  positions: Positions
  running: Record<string, boolean>
  /** Events of this request that are set aside, by `placeOf`. */
  parked: Set<string>
}

/** The calls of sagas: what was asked of others before the context's own event of the chain. The first chain placed the request, later ones are of its other sagas. */
function lightCalls(board: Board, entries: Entry[], lit: Map<string, string>): void {
  for (const column of board.columns) {
    const own = chains(entries).filter((chain) => chain.some((entry) => entry.source === column.context))
    own.forEach((chain, place) => {
      const made = chain.find((entry) => entry.source === column.context) as Entry
      for (const saga of place === 0 ? column.sagas.slice(0, 1) : column.sagas.slice(1)) {
        saga.asks.forEach(([, to, call], step) => {
          const answered = chain.find((entry) => entry.source === to && inTime(entry, made) < 0)
          if (answered === undefined) return
          const ids = [askId(column.context, saga.name, step), `saga:${column.context}:${saga.name}`, `command:${column.context}:${saga.route}`, `call:${to}:${call}`]
          for (const id of ids) if (!lit.has(id)) lit.set(id, answered.timestamp)
        })
      }
    })
  }
}

/** What an event lights besides itself: the way it came by and the views that have read it. */
function lightEvent(board: Board, entry: Entry, found: Caused | undefined, lit: Map<string, string>, progress?: Progress): void {
  const light = (id: string, at: string): void => void (lit.has(id) || lit.set(id, at))
  light(eventId(entry.source, entry.eventType), entry.timestamp)
  if (entry.kind !== undefined) light(`aggregate:${entry.source}:${entry.kind}`, entry.timestamp)
  if (found !== undefined) {
    light(found.when.id, entry.timestamp)
    light(`policy:${found.when.context}:${found.when.kind}:${found.when.command}`, entry.timestamp)
  }
  for (const column of board.columns) {
    for (const fold of column.folds) {
      if (fold.source !== entry.source || !fold.events.includes(entry.eventType) || hasRead(progress, column.context, fold.view, entry) === false) continue
      light(foldId(column.context, fold.view, fold.source, entry.eventType), entry.timestamp)
      light(`view:${column.context}:${fold.view}`, entry.timestamp)
    }
  }
}

function isParked(progress: Progress, context: string, consumer: string, entry: Entry): boolean {
  return progress.parked.has(placeOf({ context, consumer, source: entry.source, position: entry.position }))
}

/** `undefined`: it is not known. */
function hasRead(progress: Progress | undefined, context: string, consumer: string, entry: Entry): boolean | undefined {
  const position = progress?.positions[context]?.[`${consumer}<${entry.source}`]
  if (progress === undefined || position === undefined) return undefined
  return position >= entry.position && !isParked(progress, context, consumer, entry)
}

/** `entries`: those of one request. With `progress` also what it waits for. */
export function follow(board: Board, entries: Entry[], learned: Learned, progress?: Progress): Path {
  const all = whenevers(board)
  const path: Path = { lit: new Map(), waiting: [], views: [], expected: [], people: [] }
  const done = new Set<string>()
  for (const chain of chains(entries)) {
    const caused = causes(chain, all)
    for (const entry of chain) lightEvent(board, entry, caused.get(entry.eventId), path.lit, progress)
    for (const { when, cause } of caused.values()) done.add(when.id + cause.eventId)
  }
  lightCalls(board, entries, path.lit)
  if (progress === undefined) return path
  for (const entry of entries) {
    const whyOf = (context: string): 'stopped' | 'on its way' => (progress.running[context] === false ? 'stopped' : 'on its way')
    for (const when of all) {
      if (when.source !== entry.source || when.event !== entry.eventType) continue
      const isAside = isParked(progress, when.context, 'policies', entry)
      // How far a context has come is told a little later than what it did.
      if (!isAside && (done.has(when.id + entry.eventId) || hasRead(progress, when.context, 'policies', entry))) continue
      path.waiting.push({ when, cause: entry, why: isAside ? 'set aside' : whyOf(when.context) })
    }
    for (const { context, folds } of board.columns) {
      for (const { view, source, events } of folds) {
        const isBehind = source === entry.source && events.includes(entry.eventType) && hasRead(progress, context, view, entry) === false && !isParked(progress, context, view, entry)
        if (isBehind) path.views.push({ context, view, cause: entry, why: whyOf(context) })
      }
    }
  }
  path.expected = expected(board, learned, path.waiting.map((one) => one.when), new Set(entries.map((entry) => eventId(entry.source, entry.eventType))))
  path.people = forPeople(board, learned, entries)
  return path
}

/** From commands to the events that the logs show them to make, on to the commands that follow those. */
function expected(board: Board, learned: Learned, from: Whenever[], happened: Set<string>): Path['expected'] {
  const all = whenevers(board)
  const found: Path['expected'] = []
  const seen = new Set<string>()
  const queue = [...from]
  for (let when = queue.shift(); when !== undefined; when = queue.shift()) {
    const command = `policy:${when.context}:${when.kind}:${when.command}`
    if (seen.has(when.id)) continue
    seen.add(when.id)
    if (!found.some((one) => one.id === command)) found.push({ id: command, context: when.context, text: when.command, kind: 'command' })
    for (const event of makes(learned, when)) {
      const id = eventId(when.context, event)
      if (seen.has(id) || happened.has(id)) continue
      seen.add(id)
      found.push({ id, context: when.context, text: event, kind: 'event' })
      queue.push(...all.filter((one) => one.source === when?.context && one.event === event))
    }
  }
  return found
}

/** What somebody may do next: events that began something before, of contexts that know this request, and have not happened to it. Nothing once it is cancelled. */
function forPeople(board: Board, learned: Learned, entries: Entry[]): Path['people'] {
  const cancel = cancelEvents(board, learned)
  const happened = new Set(entries.map((entry) => eventId(entry.source, entry.eventType)))
  if (entries.length === 0 || cancel.some((event) => happened.has(eventId(requestContext(board), event)))) return []
  const known = new Set(entries.map((entry) => entry.source))
  const people: Path['people'] = []
  for (const column of board.columns) {
    if (!known.has(column.context) || column.context === requestContext(board)) continue
    for (const event of column.published) {
      const id = eventId(column.context, event)
      const isPossible = board.arrows.some((arrow) => arrow.source === column.context && arrow.event === event && arrow.commands.length > 0)
      if (learned.begun.has(id) && !happened.has(id) && isPossible) people.push({ context: column.context, event })
    }
  }
  return people
}
