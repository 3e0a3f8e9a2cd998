/** How one's own request stands, from what the request's owner and the view say of it. */
import type { TimelineStep } from '../../parts/Timeline.svelte'
import type { components } from '../../api/types/taxi'
import { spoken } from '../../words/language.svelte'
import type { BusinessPages } from '../business'
import { taxi } from './words'

export type Catch = components['schemas']['Catch']
export type MyPage = components['schemas']['MyPage']

export interface Request {
  id: number
  price: number
  startingPoint: string
  destination: string
  driver: string | null
  status: 'taking' | 'PaymentApproved' | 'PickupAssigned' | 'refunding' | 'CatchCancelled'
  history: MyPage['history']
}

/** The owner knows a request before the view does; the view knows what happened since. Newest first. */
export function requests(catches: Catch[], pages: MyPage[]): Request[] {
  const byId = new Map<number, { row: Catch | undefined; page: MyPage | undefined }>()
  for (const row of catches) byId.set(row.id, { row, page: undefined })
  for (const page of pages) byId.set(page.id, { row: byId.get(page.id)?.row, page })
  const all: Request[] = []
  for (const [id, { row, page }] of byId) {
    const known = page ?? row
    if (known === undefined) continue
    const { price, startingPoint, destination } = known
    all.push({ id, price, startingPoint, destination, driver: page?.driver ?? null, status: status(row, page), history: page?.history ?? [] })
  }
  return all.sort((a, b) => b.id - a.id)
}

function status(row: Catch | undefined, page: MyPage | undefined): Request['status'] {
  const isCancelled = row?.status === 'Cancel' || page?.status === 'CatchCancelled'
  if (isCancelled) return page?.paymentStatus === 'PaymentCancelled' ? 'CatchCancelled' : 'refunding'
  return page?.status ?? 'taking'
}

export function mayCancel(request: Request): boolean {
  return request.status !== 'refunding' && request.status !== 'CatchCancelled'
}

/** What happened, and what is under way or next. `seen`: when this page saw the request first. */
export function steps(request: Request, business: BusinessPages, seen: number): TimelineStep[] {
  const t = taxi.words.steps
  const done = request.history.map((entry): TimelineStep => {
    const event = business.events[entry.eventType]
    return { key: entry.eventId, words: event ? spoken(event.words) : entry.eventType, tone: event?.tone ?? 'calm', at: entry.timestamp, state: 'done' }
  })
  const last = request.history.at(-1)?.timestamp ?? seen
  const now = (key: string, words: string, waitsForSomebody = false): TimelineStep => ({ key, words, tone: 'wait', state: 'now', since: last, waitsForSomebody })
  const next = (key: string, words: string): TimelineStep => ({ key, words, tone: 'calm', state: 'next' })
  switch (request.status) {
    case 'taking':
      return [...done, now('taking', t.taking), next('looking', t.looking)]
    case 'PaymentApproved':
      return [...done, now('looking', t.looking, true), next('matched', t.matched)]
    case 'PickupAssigned': {
      const { since: _, ...arriving } = now('matched', t.matched)
      return [...done, arriving]
    }
    case 'refunding':
      return [...done, now('refunding', t.refunding)]
    case 'CatchCancelled':
      return done
  }
}
