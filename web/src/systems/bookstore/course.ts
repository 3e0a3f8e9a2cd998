/** The timeline of an order: what happened, what is under way, what comes next. */
import type { TimelineStep } from '../../parts/Timeline.svelte'
import type { BusinessPages } from '../business'
import { done, next, underWay, waitsForSomebody } from '../steps'
import { course } from './courseWords'
import type { Purchase } from './order'

/** `seen`: when this page saw the order first. */
export function steps({ history, status }: Purchase, business: BusinessPages, seen: number): TimelineStep[] {
  const t = course.words
  const past = done(history, business)
  const last = history.at(-1)?.timestamp ?? seen
  switch (status) {
    case 'taking':
      return [...past, underWay('taking', t.taking, last), next('deciding', t.deciding), next('onTheWay', t.onTheWay)]
    case 'Paid':
      return [...past, waitsForSomebody('deciding', t.deciding, last), next('onTheWay', t.onTheWay), next('arriving', t.arriving)]
    case 'Accepted':
      return [...past, underWay('packing', t.packing, last), next('onTheWay', t.onTheWay), next('arriving', t.arriving)]
    case 'DeliveryStarted':
      return [...past, waitsForSomebody('onTheWay', t.onTheWay, last), next('arriving', t.arriving)]
    case 'refunding':
      return [...past, underWay('refunding', t.refunding, last)]
    case 'Delivered':
    case 'Rejected':
    case 'OrderCancelled':
      return past
  }
}
