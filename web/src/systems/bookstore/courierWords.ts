/** What the courier is told. */
import { language } from '../../words/language.svelte'

const ko = {
  toDeliver: '배송할 것',
  delivered: '끝난 배송',
  deliveriesNone: '배송할 것이 없습니다',
  deliveriesNoneWhy: '책방이 주문을 수락하면 저절로 여기에 나타납니다.',
  deliveredNone: '아직 끝난 배송이 없습니다',
  deliveredNoneWhy: '“배송 완료”를 누르면 여기로 옮겨집니다.',
  deliver: '배송 완료',
  deliverLong: (id: string, address: string) => `배송 완료: 주문 ${id}번, ${address}`,
  delivering: '알리는 중…',
  deliveredNow: '배송을 마쳤습니다',
  noAddress: '주소 없음',
  reader: (name: string) => `손님 ${name}`,
  off: '취소된 배송입니다',
  offWhy: '손님이 먼저 취소했습니다. 책은 책방으로 되돌려 주세요.',
}

export type CourierWords = typeof ko

const en: CourierWords = {
  toDeliver: 'To deliver',
  delivered: 'Done',
  deliveriesNone: 'Nothing to deliver',
  deliveriesNoneWhy: 'Parcels appear here by themselves when the shop accepts an order.',
  deliveredNone: 'Nothing delivered yet',
  deliveredNoneWhy: 'Press “Delivered” and the parcel moves here.',
  deliver: 'Delivered',
  deliverLong: (id, address) => `Delivered: order ${id}, ${address}`,
  delivering: 'Telling them…',
  deliveredNow: 'Delivered',
  noAddress: 'No address',
  reader: (name) => `For ${name}`,
  off: 'This delivery is cancelled',
  offWhy: 'The buyer cancelled first. Please bring the books back to the shop.',
}

const both = { ko, en }

export const couriering = {
  get words(): CourierWords {
    return both[language.now]
  },
}
