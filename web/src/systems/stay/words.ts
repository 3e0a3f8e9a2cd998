/** What the pages of rooms and cars say. */
import { language } from '../../words/language.svelte'

const ko = {
  heading: '어디서 묵을까요?',
  rooms: '방 고르기',
  cars: '차도 필요하세요?',
  noCar: '차 없이',
  noCarWhy: '방만 예약합니다',
  search: '방 이름으로 찾기',
  nothingFound: '그런 이름의 방이 없습니다',
  free: '예약 가능',
  taken: '예약됨',
  mine: '내 예약',
  reviewCount: (n: string) => `후기 ${n}`,
  houseEmpty: '아직 등록된 방이 없습니다',
  houseEmptyWhy: '호스트가 방을 등록하면 여기에 바로 나타납니다.',
  checking: '지금 다른 손님이 예약하는 중입니다',
  checkingWhy: '잠시 뒤 다시 확인하거나 다른 것을 고르세요.',
  checkAgain: '다시 확인',
  roomTaken: '이미 예약된 방입니다. 다른 방을 골라 주세요.',
  carTaken: '이미 예약된 차입니다. 다른 차를 고르거나 차 없이 예약해 주세요.',
  noneFree: '지금은 빈 방이 없습니다.',
  sum: (room: string, car: string) => `방 ${room} + 차 ${car}`,
  reserve: (price: string) => `${price}에 예약하기`,
  reserving: '예약하는 중…',
  reserveNone: '예약하기',
  placed: '예약이 접수되었습니다',
  paidFirst: '지금 맡겨 두고, 취소하면 전액 돌려받습니다.',

  own: '내 예약',
  toOwn: '내 예약 보기',
  none: '아직 예약이 없습니다',
  noneWhy: '방을 고르고 아래 버튼을 누르면 됩니다.',
  number: (id: string) => `예약 ${id}번`,
  room: (id: string) => `방 ${id}번`,
  car: (id: string) => `차 ${id}번`,
  cancel: '예약 취소',
  cancelQuestion: (price: string) => `취소하면 ${price} 전액이 환불되고, 방과 차는 다시 열립니다.`,
  cancelYes: '취소하고 환불받기',
  writeReview: '후기 쓰기',

  reviewsOf: (name: string) => `후기 · ${name}`,

  reservations: '예약',
  things: '방과 차',
  reservationsNone: '아직 들어온 예약이 없습니다',
  reservationsNoneWhy: '손님이 예약하면 저절로 여기에 나타납니다.',
  guest: (name: string) => `손님 ${name}`,
  nameless: '이름 없는 손님',
  view: '보기',
  noThings: '이 집은 아직 비어 있습니다',
}

export type StayWords = typeof ko

const en: StayWords = {
  heading: 'Where will you stay?',
  rooms: 'Choose a room',
  cars: 'A car, too?',
  noCar: 'No car',
  noCarWhy: 'Just the room',
  search: 'Find a room by name',
  nothingFound: 'No room has that name',
  free: 'Free',
  taken: 'Booked',
  mine: 'Yours',
  reviewCount: (n) => `Reviews: ${n}`,
  houseEmpty: 'No rooms yet',
  houseEmptyWhy: 'Rooms appear here as soon as a host registers them.',
  checking: 'Somebody else is booking this right now',
  checkingWhy: 'Check again in a moment, or choose another one.',
  checkAgain: 'Check again',
  roomTaken: 'This room is booked. Please choose another one.',
  carTaken: 'This car is booked. Choose another one, or go without.',
  noneFree: 'There is no free room right now.',
  sum: (room, car) => `Room ${room} + car ${car}`,
  reserve: (price) => `Reserve for ${price}`,
  reserving: 'Reserving…',
  reserveNone: 'Reserve',
  placed: 'Your reservation is placed',
  paidFirst: 'Held now; if you cancel you get all of it back.',

  own: 'My reservations',
  toOwn: 'See my reservations',
  none: 'No reservation yet',
  noneWhy: 'Choose a room and press the button below.',
  number: (id) => `Reservation ${id}`,
  room: (id) => `Room ${id}`,
  car: (id) => `Car ${id}`,
  cancel: 'Cancel reservation',
  cancelQuestion: (price) => `If you cancel, all of ${price} is refunded, and room and car are free again.`,
  cancelYes: 'Cancel and refund',
  writeReview: 'Write a review',

  reviewsOf: (name) => `Reviews · ${name}`,

  reservations: 'Reservations',
  things: 'Rooms and cars',
  reservationsNone: 'No reservations yet',
  reservationsNoneWhy: 'They appear here by themselves when a guest books.',
  guest: (name) => `Guest ${name}`,
  nameless: 'A guest without a name',
  view: 'View',
  noThings: 'This house is still empty',
}

const both = { ko, en }

export const stay = {
  get words(): StayWords {
    return both[language.now]
  },
}
