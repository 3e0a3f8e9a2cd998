/** How an order stands, from what its owner and the view say of it. */
import type { components } from '../../api/types/bookstore'
import type { TimelineStep } from '../../parts/Timeline.svelte'
import type { BusinessPages } from '../business'
import { done, next, together, underWay, waitsForSomebody } from '../steps'
import { bookstore } from './words'

export type Book = components['schemas']['Book']
export type TopBook = components['schemas']['TopBook']
export type Order = components['schemas']['Order']
export type OrderStatus = components['schemas']['OrderStatus']
export type StoreOrder = components['schemas']['StoreOrder']
export type Delivery = components['schemas']['Delivery']
export type Message = components['schemas']['Message']

export type Standing = 'taking' | 'Paid' | 'Accepted' | 'DeliveryStarted' | 'Delivered' | 'refunding' | 'Rejected' | 'OrderCancelled'

export interface Purchase {
  id: number
  productId: number
  productName: string
  qty: number
  amount: number
  address: string | null
  status: Standing
  history: OrderStatus['history']
}

export function purchases(orders: Order[], views: OrderStatus[]): Purchase[] {
  return together(orders, views).flatMap(({ id, row, view }) => {
    const known = row ?? view
    if (known === undefined) return []
    const { productId, productName, qty, amount } = known
    return { id, productId, productName, qty, amount, address: row?.customerAddr ?? null, status: standing(row, view), history: view?.history ?? [] }
  })
}

function standing(row: Order | undefined, view: OrderStatus | undefined): Standing {
  // The owner decides which of two words an order that ends keeps.
  const word = row?.status === 'OrderCancelled' || row?.status === 'Rejected' ? row.status : view?.orderStatus
  if (word === 'OrderCancelled' || word === 'Rejected') return view?.payStatus === 'Cancelled' ? word : 'refunding'
  if (view?.deliveryStatus === 'Delivered' || view?.deliveryStatus === 'DeliveryStarted') return view.deliveryStatus
  if (word === 'Accepted') return word
  return view?.payStatus === 'Paid' ? 'Paid' : 'taking'
}

export function isOpen({ status }: Purchase): boolean {
  return status !== 'Delivered' && mayCancel(status)
}

export function mayCancel(status: Standing): boolean {
  return status === 'taking' || status === 'Paid' || status === 'Accepted' || status === 'DeliveryStarted'
}

/** What happened, and what is under way or next. `seen`: when this page saw the order first. */
export function steps({ history, status }: Purchase, business: BusinessPages, seen: number): TimelineStep[] {
  const t = bookstore.words.steps
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
