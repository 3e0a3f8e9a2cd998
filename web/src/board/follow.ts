/** Follows the arrows of the board for one request: what happened, what has not yet, what waits for a person, and what a cancel would undo. */
import { askId, type Board, type CancelCommand, type Entry, eventId, foldId, type Positions, requestContext, undoOf, type Whenever, whenevers } from './value'

export interface Learned {
  /** `context/kind/command`: the events seen to follow. */
  makes: Map<string, Set<string>>
  /** `context/event`: events that began something, so a person or a clock commanded them. */
  begun: Set<string>
}

const inTime = (a: Entry, b: Entry): number => (a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : a.position - b.position)
const madeKey = (context: string, kind: string, command: string): string => `${context}/${kind}/${command}`

function saidToMake(board: Board, context: string, kind: string, command: string): string[] | undefined {
  const column = board.columns.find((column) => column.context === context)
  return column?.kinds?.find((one) => one.name === kind)?.commands.find((one) => one.name === command)?.makes
}

/** The events that `command` makes, as the board says or as the logs have shown. */
export function makes(board: Board, learned: Learned, context: string, kind: string, command: string): string[] {
  return saidToMake(board, context, kind, command) ?? [...(learned.makes.get(madeKey(context, kind, command)) ?? [])]
}

interface Caused {
  when: Whenever
  cause: Entry
}

/** What each event of a chain came of: its policies' events in the order in which they happened, each once. What is left over came of the same as the one before it. */
function causes(board: Board, chain: Entry[], all: Whenever[]): Map<string, Caused> {
  const found = new Map<string, Caused>()
  const used = new Set<string>()
  chain.forEach((entry, at) => {
    const possible = chain.slice(0, at).flatMap((cause) =>
      all.filter((when) => when.source === cause.source && when.event === cause.eventType && when.context === entry.source && (entry.kind === undefined || when.kind === entry.kind) && mayMake(board, when, entry.eventType)).map((when): Caused => ({ when, cause })),
    )
    const next = possible.find((one) => !used.has(one.when.id + one.cause.eventId)) ?? possible.at(-1)
    if (next === undefined) return
    used.add(next.when.id + next.cause.eventId)
    found.set(entry.eventId, next)
  })
  return found
}

/** Where the board says what a command makes, it makes nothing else. */
function mayMake(board: Board, when: Whenever, event: string): boolean {
  const said = saidToMake(board, when.context, when.kind, when.command)
  return said === undefined || said.includes(event)
}

function chains(entries: Entry[]): Entry[][] {
  const found = new Map<string, Entry[]>()
  for (const entry of [...entries].sort(inTime)) {
    const key = `${entry.correlationId}/${entry.key}`
    found.set(key, [...(found.get(key) ?? []), entry])
  }
  return [...found.values()]
}

/** What follows what, from logs. The board knows commands and events, but which makes which only the running code does. */
export function learn(board: Board, entries: Entry[], before?: Learned): Learned {
  const learned: Learned = { makes: new Map(before?.makes), begun: new Set(before?.begun) }
  const all = whenevers(board)
  const calls = new Set(board.columns.flatMap((column) => column.sagas.flatMap((saga) => saga.asks.map(([, to]) => `${column.context}>${to}`))))
  for (const chain of chains(entries)) {
    const caused = causes(board, chain, all)
    for (const entry of chain) {
      const found = caused.get(entry.eventId)
      if (found !== undefined) {
        const key = madeKey(found.when.context, found.when.kind, found.when.command)
        learned.makes.set(key, new Set(learned.makes.get(key)).add(entry.eventType))
        continue
      }
      // What a saga asked for came of the request that the saga makes.
      const isAsked = !entry.published && chain.some((other) => calls.has(`${other.source}>${entry.source}`))
      const isFirst = chain[0] === entry || chain.slice(0, chain.indexOf(entry)).every((other) => !other.published)
      if (!isAsked && isFirst) learned.begun.add(eventId(entry.source, entry.eventType))
    }
  }
  return learned
}

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

export interface Path {
  /** Notes and arrows that the request went over, each with when it did so first. */
  lit: Map<string, string>
  waiting: Waiting[]
  /** Commands and events that come once those that wait are done, in order. */
  expected: { id: string; context: string; text: string; kind: 'command' | 'event' }[]
  /** Events that somebody may yet bring about. */
  people: { context: string; event: string }[]
}

export interface Standing {
  positions: Positions
  running: Record<string, boolean>
  /** Contexts in which events of this request are set aside. */
  parkedIn: Set<string>
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

/** What an event lights besides itself: the way it came by and the views that show it. */
function lightEvent(board: Board, entry: Entry, found: Caused | undefined, lit: Map<string, string>): void {
  const light = (id: string, at: string): void => void (lit.has(id) || lit.set(id, at))
  light(eventId(entry.source, entry.eventType), entry.timestamp)
  if (entry.kind !== undefined) light(`aggregate:${entry.source}:${entry.kind}`, entry.timestamp)
  if (found !== undefined) {
    light(found.when.id, entry.timestamp)
    light(`policy:${found.when.context}:${found.when.kind}:${found.when.command}`, entry.timestamp)
  }
  for (const column of board.columns) {
    for (const fold of column.folds ?? []) {
      if (fold.source !== entry.source || !fold.events.includes(entry.eventType)) continue
      light(foldId(column.context, fold.view, fold.source, entry.eventType), entry.timestamp)
      light(`view:${column.context}:${fold.view}`, entry.timestamp)
    }
  }
}

/** `entries`: those of one request. With `standing` also what it waits for. */
export function follow(board: Board, entries: Entry[], learned: Learned, standing?: Standing): Path {
  const all = whenevers(board)
  const path: Path = { lit: new Map(), waiting: [], expected: [], people: [] }
  for (const chain of chains(entries)) {
    const caused = causes(board, chain, all)
    for (const entry of chain) lightEvent(board, entry, caused.get(entry.eventId), path.lit)
  }
  lightCalls(board, entries, path.lit)
  if (standing === undefined) return path
  for (const entry of entries) {
    for (const when of all) {
      if (when.source !== entry.source || when.event !== entry.eventType) continue
      const read = standing.positions[when.context]?.[`policies<${when.source}`]
      const isParked = standing.parkedIn.has(when.context)
      const isDone = path.lit.has(when.id) || (read !== undefined && read >= entry.position)
      if (isDone && !(isParked && !path.lit.has(when.id))) continue
      path.waiting.push({ when, cause: entry, why: isParked ? 'set aside' : standing.running[when.context] === false ? 'stopped' : 'on its way' })
    }
  }
  path.expected = expected(board, learned, path.waiting.map((one) => one.when), new Set(entries.map((entry) => eventId(entry.source, entry.eventType))))
  path.people = forPeople(board, learned, entries)
  return path
}

/** From commands to the events they make, on to the commands that follow those. */
export function expected(board: Board, learned: Learned, from: Whenever[], happened: Set<string>): Path['expected'] {
  const all = whenevers(board)
  const found: Path['expected'] = []
  const seen = new Set<string>()
  const queue = [...from]
  for (let when = queue.shift(); when !== undefined; when = queue.shift()) {
    const command = `policy:${when.context}:${when.kind}:${when.command}`
    if (seen.has(when.id)) continue
    seen.add(when.id)
    if (!found.some((one) => one.id === command)) found.push({ id: command, context: when.context, text: when.command, kind: 'command' })
    for (const event of makes(board, learned, when.context, when.kind, when.command)) {
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

/** What the system's cancel command makes: as said, else the published event of the request's context that is named so and that no policy makes. */
export function cancelEvents(board: Board, learned: Learned): string[] {
  const column = board.columns.find((column) => column.context === requestContext(board))
  if (column === undefined) return []
  const said = column.routes?.find((route) => route.command === board.request?.cancel?.command)?.makes
  if (said !== undefined) return said
  const named = column.published.filter((event) => /cancel/i.test(event))
  const asked = named.filter((event) => /req/i.test(event.replace(/^Req/, '')))
  if (asked.length > 0) return asked.slice(0, 1)
  const byPeople = named.filter((event) => learned.begun.has(eventId(column.context, event)))
  return (byPeople.length > 0 ? byPeople : named).slice(0, 1)
}

export interface Undoing {
  context: string
  /** The call or command, and the thing that it is for. */
  text: string
  because: string
  /** Asked while the customer waits; the others follow. */
  isAsked: boolean
  /** The command that takes the step itself back if a later one fails; empty where its name isn't known; `null`: nothing does. */
  takenBack: string | null
  /** The note and the arrow on the board. */
  ids: string[]
}

/** What a cancel now would ask and undo, in order; the contexts that don't know the request have nothing to undo. */
export function undoing(board: Board, entries: Entry[], learned: Learned, cancelCommand?: string): Undoing[] {
  const core = board.columns.find((column) => column.context === requestContext(board))
  const happened = new Set(entries.map((entry) => eventId(entry.source, entry.eventType)))
  const events = cancelEvents(board, learned)
  if (core === undefined || entries.length === 0 || events.some((event) => happened.has(eventId(core.context, event)))) return []
  const known = new Set(entries.map((entry) => `${entry.source}/${entry.kind ?? ''}`))
  const saga = core.sagas.find((saga) => saga.route === (board.request?.cancel?.command ?? cancelCommand))
  const steps = (saga?.asks ?? []).map(([step, to, call], at): Undoing => {
    const undo = undoOf(board, to, call)
    return { context: to, text: step, because: saga?.name ?? '', isAsked: true, takenBack: undo === undefined ? null : (undo.undo ?? ''), ids: [askId(core.context, saga?.name ?? '', at), `call:${to}:${call}`] }
  })
  const all = whenevers(board)
  const seen = new Set<string>()
  const queue = all.filter((one) => one.source === core.context && events.includes(one.event))
  const ids = (when: Whenever): string[] => [when.id, `policy:${when.context}:${when.kind}:${when.command}`]
  const found: { step: Undoing; isTold: boolean }[] = []
  for (let when = queue.shift(); when !== undefined; when = queue.shift()) {
    const key = madeKey(when.context, when.kind, when.command)
    if (seen.has(key) || (when.context === core.context && events.includes(when.event))) continue
    seen.add(key)
    const isKnown = known.has(`${when.context}/${when.kind}`) || known.has(`${when.context}/`)
    if (!isKnown) continue
    found.push({ step: { context: when.context, text: when.command, because: when.event, isAsked: false, takenBack: null, ids: ids(when) }, isTold: isLeaf(board, when.context) })
    const made = makes(board, learned, when.context, when.kind, when.command)
    // Before the logs have shown what the undo makes, the event that is named so is followed.
    const column = board.columns.find((column) => column.context === when?.context)
    const guessed = made.length > 0 ? made : (column?.published ?? []).filter((event) => /cancel|refund|return|void/i.test(event))
    queue.push(...all.filter((one) => one.source === when?.context && guessed.includes(one.event)))
  }
  // Telling people comes after doing.
  return [...steps, ...found.filter((one) => !one.isTold).map((one) => one.step), ...found.filter((one) => one.isTold).map((one) => one.step)]
}

/** A context that says nothing to others only tells people. */
function isLeaf(board: Board, context: string): boolean {
  return (board.columns.find((column) => column.context === context)?.published.length ?? 0) === 0
}

/** The cancel command with what it is sent. */
export interface CancelRequest {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  body?: Record<string, unknown>
}

interface OpenApi {
  paths?: Record<string, Record<string, { summary?: string; requestBody?: { content?: Record<string, { example?: unknown }> } }>>
}

/** How `board` calls the route that a document names `/catches/{id}`: parameters may be named differently. */
const shape = (command: string): string => command.replace(/\{[^}]*\}/g, '{}')

export function bodyOf(document: OpenApi, command: string): Record<string, unknown> | null {
  const [method = '', path = ''] = shape(command).split(' ')
  const found = Object.entries(document.paths ?? {}).find(([other]) => other.endsWith(path) || shape(other).endsWith(path))?.[1]?.[method.toLowerCase()]
  const example = found?.requestBody?.content?.['application/json']?.example
  return typeof example === 'object' && example !== null ? (example as Record<string, unknown>) : null
}

/** Which command cancels a request: as the board says, else the one of its context whose summary begins so. */
export function cancelOf(board: Board, document: OpenApi): CancelCommand | null {
  if (board.request?.cancel) return board.request.cancel
  const column = board.columns.find((column) => column.context === requestContext(board))
  for (const command of column?.commands ?? []) {
    const [method = '', path = ''] = shape(command).split(' ')
    const found = Object.entries(document.paths ?? {}).find(([other]) => shape(other).endsWith(path))?.[1]?.[method.toLowerCase()]
    if (!/^cancel/i.test(found?.summary ?? '')) continue
    const body = bodyOf(document, command)
    const idField = path.includes('{') ? null : Object.keys(body ?? {}).find((field) => /id$/i.test(field)) ?? null
    return { command, body, idField }
  }
  return null
}

export function cancelRequest(system: string, cancel: CancelCommand, id: number): CancelRequest {
  const [method = 'POST', path = ''] = cancel.command.split(' ')
  const body = cancel.body === null ? undefined : { ...cancel.body, ...(cancel.idField ? { [cancel.idField]: id } : {}) }
  return { method: method as CancelRequest['method'], path: `/${system}${path.replace(/\{[^}]*\}/, String(id))}`, ...(body === undefined ? {} : { body }) }
}
