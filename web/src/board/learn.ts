/** What the logs teach of a system: which events a command makes, and which somebody began. The board does not say either. */
import { type Board, type Entry, eventId, type Whenever, whenevers } from './value'

export interface Learned {
  /** `context/kind/command`: the events seen to follow. */
  makes: Map<string, Set<string>>
  /** `context/event`: events that began something, so a person or a clock commanded them. */
  begun: Set<string>
}

export const inTime = (a: Entry, b: Entry): number => (a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : a.position - b.position)
export const madeKey = (context: string, kind: string, command: string): string => `${context}/${kind}/${command}`

/** The events that `command` makes, as the logs have shown. */
export function makes(learned: Learned, when: Omit<Whenever, 'id' | 'source' | 'event'>): string[] {
  return [...(learned.makes.get(madeKey(when.context, when.kind, when.command)) ?? [])]
}

export interface Caused {
  when: Whenever
  cause: Entry
}

/** What each event of a chain came of: its policies' events in the order in which they happened, each once. What is left over came of the same as the one before it. */
export function causes(chain: Entry[], all: Whenever[]): Map<string, Caused> {
  const found = new Map<string, Caused>()
  const used = new Set<string>()
  chain.forEach((entry, at) => {
    const possible = chain.slice(0, at).flatMap((cause) =>
      all.filter((when) => when.source === cause.source && when.event === cause.eventType && when.context === entry.source && (entry.kind === undefined || when.kind === entry.kind)).map((when): Caused => ({ when, cause })),
    )
    const next = possible.find((one) => !used.has(one.when.id + one.cause.eventId)) ?? possible.at(-1)
    if (next === undefined) return
    used.add(next.when.id + next.cause.eventId)
    found.set(entry.eventId, next)
  })
  return found
}

/** The entries of each request by what began them, in time. */
export function chains(entries: Entry[]): Entry[][] {
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
    const caused = causes(chain, all)
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
