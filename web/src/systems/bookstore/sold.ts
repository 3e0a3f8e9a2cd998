/** The words of an order on the seller's list. */
import type { Both } from '../../words/language.svelte'
import type { Tone } from '../business'
import type { StoreOrder } from './order'
import { bookstore } from './words'

export const sold: Record<StoreOrder['status'], { words: Both; tone: Tone }> = {
  Paid: { words: { ko: '새 주문', en: 'New' }, tone: 'wait' },
  Accepted: { words: { ko: '수락', en: 'Accepted' }, tone: 'good' },
  Rejected: { words: { ko: '거절', en: 'Rejected' }, tone: 'bad' },
  Cancelled: { words: { ko: '취소됨', en: 'Cancelled' }, tone: 'calm' },
}

/** The shop rejects by itself in one case, in words of its own. */
export function reasonOf(reason: string): string {
  return reason === 'not enough stock' ? bookstore.words.notEnough : reason
}
