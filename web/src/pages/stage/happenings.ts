/** The events that the stage shows, from the operator's stream or, for others, from one's own messages. */
import type { LiveRow } from '../../api/live.svelte'
import type { BusinessPages } from '../../systems/business'

export interface Happening {
  id: string
  eventType: string
  at: string
  /** Which request it belongs to. */
  request: string
  /** The service that said it; empty where one may not know. */
  context: string
  money: number | null
}

/** A message, or an event as a context's log shows it. */
export interface EventRow extends LiveRow {
  eventType: string
  timestamp: string
  /** The context. */
  source?: string
  /** The request that it is about. */
  key?: number
  [field: string]: unknown
}

/** Newest first, each once. What a business has no words for is left to the board. */
export function happenings(rows: EventRow[], business: BusinessPages): Happening[] {
  const found = new Map<string, Happening>()
  for (const row of rows) {
    if (business.events[row.eventType] === undefined) continue
    const id = String(row.eventId ?? row.id)
    const bill = row.bill as { amount?: unknown } | undefined
    const money = row[business.moneyField] ?? bill?.amount
    found.set(id, {
      id,
      eventType: row.eventType,
      at: row.timestamp,
      request: String(row[business.correlation] ?? row.key ?? ''),
      context: row.source ?? '',
      money: typeof money === 'number' ? money : null,
    })
  }
  return [...found.values()].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

export interface MoneyStory {
  request: string
  amount: number | null
  held: string | null
  taken: string | null
  refunded: string | null
  /** What was held and never taken. */
  voided: string | null
}

/** Where the money of the newest request is. */
export function moneyOf(all: Happening[], business: BusinessPages): MoneyStory | null {
  const newest = all.find((one) => business.events[one.eventType]?.money !== undefined)
  if (newest === undefined) return null
  const story: MoneyStory = { request: newest.request, amount: null, held: null, taken: null, refunded: null, voided: null }
  for (const one of all) {
    if (one.request !== newest.request) continue
    story.amount ??= one.money
    const did = business.events[one.eventType]?.money
    if (did !== undefined) story[did] = one.at
  }
  // Whatever was taken was held before.
  story.held ??= story.taken
  return story
}
