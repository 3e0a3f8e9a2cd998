/** The board of a system as the server draws it from the running code, `GET /SYSTEM/board`. What may be missing is marked so. */

export interface SagaNote {
  name: string
  /** What each step is for, whom it asks and what it asks. */
  asks: [step: string, context: string, call: string][]
  route: string
}

/** A command of people. */
export interface RouteNote {
  command: string
  /** The aggregate that it is to. */
  kind?: string
  summary: string
  /** It places a request. */
  places?: boolean
  /** It cancels a request. */
  cancels?: boolean
}

export interface Fold {
  view: string
  source: string
  events: string[]
}

/** What is plugged into a context's port now, as its status says. */
export interface Port {
  side: 'in' | 'out'
  port: string
  adapter: string
}

/** One context. */
export interface ContextColumn {
  context: string
  /** What the number of a request is called. */
  key_name: string
  aggregates: string[]
  commands: string[]
  /** Who stands at a command. */
  people?: { role: string; command: string; own: boolean }[]
  published: string[]
  private: string[]
  sagas: SagaNote[]
  answers: string[]
  views: string[]
  collections: string[]
  routes: RouteNote[]
  folds: Fold[]
  /** The calls that are taken back when what asked for them never comes to be. */
  undoes: { call: string; kind: string }[]
  /** An outside party that it relies on. */
  provider?: string
}

/** Whenever `event` of `source`, `context` does one of `commands` to one of its `kind`; without commands it lets it pass. */
export interface Arrow {
  source: string
  event: string
  context: string
  kind: string
  commands: string[]
}

export interface Board {
  system: string
  topic: string
  columns: ContextColumn[]
  arrows: Arrow[]
  conserved: [rule: string, sentence: string][]
}

/** One policy: an event and the one command that may follow it. */
export interface Whenever {
  id: string
  source: string
  event: string
  context: string
  kind: string
  command: string
}

/** An entry of a context's log. */
export interface Entry {
  eventId: string
  eventType: string
  /** The context. */
  source: string
  timestamp: string
  position: number
  correlationId: string
  key: number
  published: boolean
  /** The thing that it happened to; where the log was read live its kind is not known. */
  kind?: string
  id?: number
  state?: unknown
  fields: Record<string, unknown>
}

/** How far a context has read what another published: `policies<catch`. */
export type Positions = Record<string, Record<string, number>>

export const eventId = (context: string, event: string): string => `event:${context}:${event}`
export const wheneverId = (arrow: Omit<Whenever, 'id'>): string => `when:${arrow.source}.${arrow.event}>${arrow.context}.${arrow.kind}.${arrow.command}`
export const askId = (context: string, saga: string, step: number): string => `ask:${context}.${saga}.${step}`
/** Where the arrows of a view from one context end. */
export const foldLine = (context: string, view: string, source: string): string => `folds:${source}>${context}.${view}`
export const foldId = (context: string, view: string, source: string, event: string): string => `fold:${source}.${event}>${context}.${view}`

/** Each policy once, whatever rules it is made of. */
export function whenevers(board: Board): Whenever[] {
  const found = new Map<string, Whenever>()
  for (const { source, event, context, kind, commands } of board.arrows) {
    for (const command of commands) {
      const id = wheneverId({ source, event, context, kind, command })
      found.set(id, { id, source, event, context, kind, command })
    }
  }
  return [...found.values()]
}

/** The board with one fold for each view and source: a view may read one source by several rules. */
export function tidied(board: Board): Board {
  const columns = board.columns.map((column) => {
    const found = new Map<string, Fold>()
    for (const fold of column.folds) {
      const key = `${fold.view}<${fold.source}`
      const events = new Set([...(found.get(key)?.events ?? []), ...fold.events])
      found.set(key, { ...fold, events: [...events] })
    }
    return { ...column, folds: [...found.values()] }
  })
  return { ...board, columns }
}

/** Where requests are placed: as the board marks it, else by the first saga of a POST, else where the first command is. */
export function requestContext(board: Board): string {
  const marked = board.columns.find((column) => column.routes.some((route) => route.places))
  const bySaga = board.columns.find((column) => column.sagas.some((saga) => saga.route.startsWith('POST ')))
  const byCommand = board.columns.find((column) => column.commands.length > 0)
  return (marked ?? bySaga ?? byCommand ?? board.columns[0])?.context ?? ''
}

/** Whether `context` takes back what it was asked to do where a later step fails. */
export function isTakenBack(board: Board, context: string, call: string): boolean {
  return board.columns.some((column) => column.context === context && column.undoes.some((undo) => undo.call === call))
}
