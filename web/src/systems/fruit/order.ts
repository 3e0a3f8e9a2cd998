/** How one's own order stands, from what the order's owner and the view say of it. */
import type { components } from '../../api/types/fruit'
import type { TimelineStep } from '../../parts/Timeline.svelte'
import type { BusinessPages } from '../business'
import { done, lasting, next, together, underWay } from '../steps'
import { fruit } from './words'

export type OrderRow = components['schemas']['Order']
export type MyPage = components['schemas']['MyPage']

export interface Order {
  id: number
  prodNm: string
  qty: number
  price: number
  /** Known to the order's owner alone. */
  address: string | null
  status: 'taking' | 'packing' | 'delivering' | 'delivered' | 'refunding' | 'cancelled'
  deliveryStatus: MyPage['deliveryStatus']
  history: MyPage['history']
}

export function orders(rows: OrderRow[], pages: MyPage[]): Order[] {
  return together(rows, pages).flatMap(({ id, row, view }) => {
    const known = view ?? row
    if (known === undefined) return []
    const { prodNm, qty, price } = known
    return { id, prodNm, qty, price, address: row?.address ?? null, status: status(row, view), deliveryStatus: view?.deliveryStatus ?? null, history: view?.history ?? [] }
  })
}

function status(row: OrderRow | undefined, page: MyPage | undefined): Order['status'] {
  if (row?.orderStatus === '주문취소' || page?.orderStatus === '주문취소') return page?.payStatus === '결제취소' ? 'cancelled' : 'refunding'
  if (page?.deliveryStatus === '배송완료') return 'delivered'
  if (page?.deliveryStatus === '배송시작') return 'delivering'
  return page?.payStatus === '결제승인' ? 'packing' : 'taking'
}

export function mayCancel(order: Order): boolean {
  return order.status === 'taking' || order.status === 'packing' || order.status === 'delivering'
}

/** What happened, and what is under way or next. `seen`: when this page saw the order first. */
export function steps(order: Order, business: BusinessPages, seen: number): TimelineStep[] {
  const t = fruit.words.steps
  const past = done(order.history, business)
  const last = order.history.at(-1)?.timestamp ?? seen
  // Delivery may still be on its way to the customer while the refund is through already.
  const stopping = order.deliveryStatus === '배송시작' ? [underWay('stopping', t.stopping, last)] : []
  switch (order.status) {
    case 'taking':
      return [...past, underWay('taking', t.taking, last), next('packing', t.packing), next('delivered', t.delivered)]
    case 'packing':
      return [...past, underWay('packing', t.packing, last), next('delivered', t.delivered)]
    case 'delivering':
      return [...past, lasting('delivering', t.delivering), next('delivered', t.delivered)]
    case 'refunding':
      return [...past, underWay('refunding', t.refunding, last), ...stopping]
    case 'cancelled':
      return [...past, ...stopping]
    case 'delivered':
      return past
  }
}
