/** What a cancel of a request would undo, in order, and how it is sent. */
import type { OpenApi } from '../systems/generic/openapi'
import { exampleOf, operationOf } from './commands'
import { type Learned, madeKey, makes } from './learn'
import { type Board, type Entry, eventId, isTakenBack, requestContext, whenevers } from './value'

/** How events are named that undo something. Which command makes which event is in no document. */
const UNDOING = ['cancel', 'refund', 'return', 'void']

function isNamed(event: string, words: string[]): boolean {
  const name = event.toLowerCase()
  return words.some((word) => name.includes(word))
}

/** What the cancel command makes: a published event of the request's context that is named so, and that people began, as far as the logs show. */
export function cancelEvents(board: Board, learned: Learned): string[] {
  const column = board.columns.find((column) => column.context === requestContext(board))
  const named = (column?.published ?? []).filter((event) => isNamed(event, ['cancel']))
  const byPeople = named.filter((event) => learned.begun.has(eventId(column?.context ?? '', event)))
  // What comes first is named first: a cancel is requested before it is done.
  return (byPeople.length > 0 ? byPeople : named).slice(0, 1)
}

export interface Undoing {
  context: string
  /** The call or command, and the thing that it is for. */
  text: string
  because: string
  /** Asked while the customer waits, as the board says; the others follow, as far as logs and names show. */
  isAsked: boolean
  /** The step is taken back if a later one fails. */
  isTakenBack: boolean
}

/** What a cancel now would ask and undo, in order; the contexts that don't know the request have nothing to undo. What is asked stands on the board; what follows is as the logs and the names of events show it. */
export function undoing(board: Board, entries: Entry[], learned: Learned, cancel?: string): Undoing[] {
  const core = board.columns.find((column) => column.context === requestContext(board))
  const happened = new Set(entries.map((entry) => eventId(entry.source, entry.eventType)))
  const events = cancelEvents(board, learned)
  if (core === undefined || entries.length === 0 || events.some((event) => happened.has(eventId(core.context, event)))) return []
  const known = new Set(entries.map((entry) => `${entry.source}/${entry.kind ?? ''}`))
  const saga = core.sagas.find((saga) => saga.route === cancel)
  const steps = (saga?.asks ?? []).map(([step, to, call]): Undoing => ({ context: to, text: step, because: saga?.name ?? '', isAsked: true, isTakenBack: isTakenBack(board, to, call) }))
  const all = whenevers(board)
  const seen = new Set<string>()
  const queue = all.filter((one) => one.source === core.context && events.includes(one.event))
  const found: { step: Undoing; isTold: boolean }[] = []
  for (let when = queue.shift(); when !== undefined; when = queue.shift()) {
    const key = madeKey(when.context, when.kind, when.command)
    if (seen.has(key) || (when.context === core.context && events.includes(when.event))) continue
    seen.add(key)
    const isKnown = known.has(`${when.context}/${when.kind}`) || known.has(`${when.context}/`)
    if (!isKnown) continue
    found.push({ step: { context: when.context, text: when.command, because: when.event, isAsked: false, isTakenBack: false }, isTold: isLeaf(board, when.context) })
    const made = makes(learned, when)
    // Before the logs have shown what the undo makes, the event that is named so is followed.
    const column = board.columns.find((column) => column.context === when?.context)
    const guessed = made.length > 0 ? made : (column?.published ?? []).filter((event) => isNamed(event, UNDOING))
    queue.push(...all.filter((one) => one.source === when?.context && guessed.includes(one.event)))
  }
  // Telling people comes after doing.
  return [...steps, ...found.filter((one) => !one.isTold).map((one) => one.step), ...found.filter((one) => one.isTold).map((one) => one.step)]
}

/** A context that says nothing to others only tells people. */
function isLeaf(board: Board, context: string): boolean {
  return (board.columns.find((column) => column.context === context)?.published.length ?? 0) === 0
}

export interface CancelCommand {
  command: string
  body: Record<string, unknown> | null
  /** The field of the body that names the request, where the path doesn't. */
  idField: string | null
}

/** Which command cancels a request: the one that the board marks, else the one of its context whose summary says so. `null`: none is known. */
export function cancelOf(board: Board, document: OpenApi): CancelCommand | null {
  const marked = board.columns.find((column) => column.routes.some((route) => route.cancels))
  const column = marked ?? board.columns.find((column) => column.context === requestContext(board))
  const route = column?.routes.find((route) => (marked === undefined ? route.summary.startsWith('Cancel') : route.cancels))
  if (column === undefined || route === undefined) return null
  const { command } = route
  const body = exampleOf(operationOf(document, command))
  if (command.includes('{')) return { command, body, idField: null }
  return body !== null && column.key_name in body ? { command, body, idField: column.key_name } : null
}

/** The cancel command with what it is sent. */
export interface CancelRequest {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  body?: Record<string, unknown>
}

export function cancelRequest(system: string, cancel: CancelCommand, id: number): CancelRequest {
  const [method = 'POST', path = ''] = cancel.command.split(' ')
  const body = cancel.body === null ? undefined : { ...cancel.body, ...(cancel.idField ? { [cancel.idField]: id } : {}) }
  return { method: method as CancelRequest['method'], path: `/${system}${path.replace(/\{[^}]*\}/, String(id))}`, ...(body === undefined ? {} : { body }) }
}
