/** What contexts have set aside: events that a consumer can't apply, and behind each of them the later events of its key. */
import { type Board, whenevers } from './value'

export interface ParkedEvent {
  context: string
  /** `policies`, a view such as `myPages@1`, or `undo`. */
  consumer: string
  source: string
  position: number
  /** The number of the request. */
  key: number
  eventType: string
  reason: string
  /** 0: it waits behind an earlier one. */
  attempts: number
  /** `null`: when an operator says so. */
  retryAt: string | null
}

/** Those of `events`, all of one key and context, that nothing of their consumer stands before. An operator names a key and no event: these are let go together, and the rest is tried again. */
export function firstOf(events: ParkedEvent[]): ParkedEvent[] {
  return events.filter((event, at) => events.findIndex((other) => other.consumer === event.consumer) === at)
}

/** As a context's position names it, `policies<catch`, with the event's own. */
export const placeOf = (event: Pick<ParkedEvent, 'context' | 'consumer' | 'source' | 'position'>): string => `${event.context}/${event.consumer}<${event.source}@${event.position}`

/** The commands of which one is not done as long as the event is set aside, as the board says; none where it is not for the policies. */
export function commandsOf(board: Board, event: ParkedEvent): string[] {
  if (event.consumer !== 'policies') return []
  const found = whenevers(board).filter((one) => one.context === event.context && one.source === event.source && one.event === event.eventType)
  return [...new Set(found.map((one) => one.command))]
}
