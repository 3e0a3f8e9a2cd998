/** What is under way with an order. */
import { language } from '../../words/language.svelte'

const ko = {
  taking: '결제를 확인하는 중',
  deciding: '책방이 확인하는 중',
  packing: '배송을 준비하는 중',
  onTheWay: '배송되는 중',
  arriving: '문 앞에 도착',
  refunding: '환불하는 중',
}

export type CourseWords = typeof ko

const en: CourseWords = {
  taking: 'Confirming the payment',
  deciding: 'The shop is looking at it',
  packing: 'Getting the parcel ready',
  onTheWay: 'On its way',
  arriving: 'At your door',
  refunding: 'Refunding',
}

const both = { ko, en }

export const course = {
  get words(): CourseWords {
    return both[language.now]
  },
}
