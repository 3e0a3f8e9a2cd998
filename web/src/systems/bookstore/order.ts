/** How an order stands, from what its owner and the view say of it. */
import type { components } from '../../api/types/bookstore'
import { together } from '../steps'

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
