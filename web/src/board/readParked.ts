/** Asks a context what it has set aside. */
import { ask } from '../api/ask'
import type { ParkedEvent } from './parked'

interface ParkedPage {
  parked: { consumer: string; source: string; position: number; parked: { key: number | string; order: number; event_type: string; reason: string; attempts: number; retry_at: string | null } }[]
}

/** In the order in which they were set aside. `null`: they can't be read now. */
export async function parkedIn(system: string, context: string): Promise<ParkedEvent[] | null> {
  const answer = await ask<ParkedPage>({ path: `/${system}/operator/contexts/${context}/parked` })
  if (!answer.ok) return null
  const inOrder = [...answer.body.parked].sort((one, other) => one.parked.order - other.parked.order)
  return inOrder.map(({ consumer, source, position, parked }) => ({
    context,
    consumer,
    source,
    position,
    key: Number(parked.key),
    eventType: parked.event_type,
    reason: parked.reason,
    attempts: parked.attempts,
    retryAt: parked.retry_at,
  }))
}
