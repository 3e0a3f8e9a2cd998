/** How one's own request stands, from what the request's owner and the view say of it. */
import type { TimelineStep } from '../../parts/Timeline.svelte'
import type { components } from '../../api/types/taxi'
import type { BusinessPages } from '../business'
import { done, lasting, next, together, underWay, waitsForSomebody } from '../steps'
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

export function requests(catches: Catch[], pages: MyPage[]): Request[] {
  return together(catches, pages).flatMap(({ id, row, view }) => {
    const known = view ?? row
    if (known === undefined) return []
    const { price, startingPoint, destination } = known
    return { id, price, startingPoint, destination, driver: view?.driver ?? null, status: status(row, view), history: view?.history ?? [] }
  })
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
  const past = done(request.history, business)
  const last = request.history.at(-1)?.timestamp ?? seen
  switch (request.status) {
    case 'taking':
      return [...past, underWay('taking', t.taking, last), next('looking', t.looking)]
    case 'PaymentApproved':
      return [...past, waitsForSomebody('looking', t.looking, last), next('matched', t.matched)]
    case 'PickupAssigned':
      return [...past, lasting('matched', t.matched)]
    case 'refunding':
      return [...past, underWay('refunding', t.refunding, last)]
    case 'CatchCancelled':
      return past
  }
}
