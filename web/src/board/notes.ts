/** The notes on the board: what is written on each, and how large it is. A context is a frame with what comes in on its left, its things in the middle and what it says on its right. */
import { askId, type Board, type ContextColumn, eventId, foldLine, isTakenBack, type SagaNote, type Whenever, whenevers } from './value'

export type NoteKind = 'person' | 'command' | 'saga' | 'call' | 'policy' | 'aggregate' | 'event' | 'private' | 'view' | 'provider'

/** A line of a note at which an arrow begins or ends. */
export interface Line {
  id: string
  text: string
  /** Below the note's top. */
  y: number
}

export interface Note {
  id: string
  kind: NoteKind
  context: string
  title: string[]
  lines: Line[]
  x: number
  y: number
  w: number
  h: number
}

export interface Frame {
  context: string
  notes: Note[]
  x: number
  y: number
  w: number
  h: number
}

export const LEFT = 176
export const MIDDLE = 84
export const RIGHT = 172
export const PAD = 12
export const BETWEEN = 16
export const HEAD = 50
export const FRAME_WIDTH = PAD * 2 + LEFT + MIDDLE + RIGHT + BETWEEN * 2
const TITLE = 16
const LINE = 16
const INSET = 7
const GAP = 8
/** People are small. */
const PERSON = 20
/** How many letters of a title, and of a smaller line, fit a note of the left side. */
const TITLE_LETTERS = 24
const LINE_LETTERS = 27

/** A long name goes on in a second line, where one of its words begins. */
export function wrapped(text: string, letters = TITLE_LETTERS): string[] {
  if (text.length <= letters) return [text]
  const words = text.split(text.includes('/') ? /(?<!\s)(?=\/)/ : /(?<=[a-z0-9])(?=[A-Z])|(?<= )/)
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    if (line !== '' && (line + word).length > letters) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += word
  }
  if (line !== '') lines.push(line.trimEnd())
  return lines.map((one) => (one.length > letters + 3 ? `${one.slice(0, letters + 1)}…` : one))
}

const cut = (text: string): string => (text.length > LINE_LETTERS ? `${text.slice(0, LINE_LETTERS - 1)}…` : text)

function note(kind: NoteKind, id: string, context: string, title: string[], lines: { id: string; text: string }[] = [], w = LEFT): Note {
  const top = INSET + title.length * TITLE
  const placed = lines.map((line, at) => ({ id: line.id, text: cut(line.text), y: top + at * LINE + LINE / 2 + 1 }))
  const h = kind === 'person' ? PERSON : top + lines.length * LINE + INSET
  return { id, kind, context, title, lines: placed, x: 0, y: 0, w, h }
}

/** Policies that do the same command are one note with a line for each event. */
function policies(context: string, all: Whenever[]): Note[] {
  const grouped = new Map<string, Whenever[]>()
  for (const one of all.filter((one) => one.context === context)) {
    const key = `${one.kind}:${one.command}`
    grouped.set(key, [...(grouped.get(key) ?? []), one])
  }
  return [...grouped].map(([key, group]) => {
    const command = group[0]?.command ?? ''
    return note('policy', `policy:${context}:${key}`, context, wrapped(command), group.map((one) => ({ id: one.id, text: one.event })))
  })
}

/** A view reads much: one line for each context that it reads, and the list says which events. */
function views(column: ContextColumn): Note[] {
  return column.views.map((view) => {
    const folds = column.folds.filter((fold) => fold.view === view)
    const lines = folds.map((fold) => ({ id: foldLine(column.context, view, fold.source), text: `${fold.source} (${fold.events.length})` }))
    return note('view', `view:${column.context}:${view}`, column.context, wrapped(view), lines)
  })
}

function commands(board: Board, column: ContextColumn): Note[] {
  const { context } = column
  return column.commands.flatMap((command) => {
    const [method = '', path = ''] = command.split(' ')
    const people = (column.people ?? []).filter((standing) => standing.command === command)
    const roles = [...new Set(people.map((standing) => standing.role))].join(' · ')
    const found = people.length === 0 ? [] : [note('person', `person:${context}:${command}`, context, [roles])]
    found.push(note('command', `command:${context}:${command}`, context, wrapped(`${method} ${path}`)))
    for (const saga of column.sagas.filter((saga) => saga.route === command)) found.push(sagaNote(board, context, saga))
    return found
  })
}

function sagaNote(board: Board, context: string, saga: SagaNote): Note {
  const lines = saga.asks.flatMap(([step, to, call], at) => {
    const asked = { id: askId(context, saga.name, at), text: `${at + 1} ${step}` }
    return isTakenBack(board, to, call) ? [asked, { id: `undo:${context}.${saga.name}.${at}`, text: '   ↩ taken back if it fails' }] : [asked]
  })
  return note('saga', `saga:${context}:${saga.name}`, context, wrapped(saga.name), lines)
}

function leftOf(board: Board, column: ContextColumn, all: Whenever[]): Note[] {
  const { context } = column
  const calls = column.answers.map((call) => {
    const undo = isTakenBack(board, context, call) ? [{ id: `undone:${context}:${call}`, text: '↩ can be taken back' }] : []
    return note('call', `call:${context}:${call}`, context, wrapped(call), undo)
  })
  return [...commands(board, column), ...calls, ...policies(context, all), ...views(column)]
}

function rightOf(column: ContextColumn): Note[] {
  const { context } = column
  const events = column.published.map((event) => note('event', eventId(context, event), context, wrapped(event, 23), [], RIGHT))
  const quiet = column.private.map((event) => note('private', eventId(context, event), context, wrapped(event, 23), [], RIGHT))
  const provider = column.provider === undefined ? [] : [note('provider', `provider:${context}`, context, wrapped(column.provider, 23), [], RIGHT)]
  return [...events, ...quiet, ...provider]
}

function stack(notes: Note[], x: number): number {
  let y = HEAD
  for (const one of notes) {
    // A person stands right above their command.
    one.x = x
    one.y = y
    y += one.h + (one.kind === 'person' ? 0 : GAP)
  }
  return notes.length === 0 ? HEAD : y - GAP
}

/** The frame of one context, at the origin. */
export function frame(board: Board, column: ContextColumn, all: Whenever[] = whenevers(board)): Frame {
  const left = leftOf(board, column, all)
  const right = rightOf(column)
  const bottom = Math.max(stack(left, PAD), stack(right, PAD + LEFT + BETWEEN + MIDDLE + BETWEEN), HEAD + 48)
  const each = (bottom - HEAD - GAP * (column.aggregates.length - 1)) / Math.max(1, column.aggregates.length)
  const things = column.aggregates.map((name, at) => {
    const one = note('aggregate', `aggregate:${column.context}:${name}`, column.context, wrapped(name, 11), [], MIDDLE)
    return { ...one, x: PAD + LEFT + BETWEEN, y: HEAD + at * (each + GAP), h: each }
  })
  return { context: column.context, notes: [...left, ...things, ...right], x: 0, y: 0, w: FRAME_WIDTH, h: bottom + PAD }
}
