/** What a host is told about rooms and cars; they are loaded after the reservations. */
import { language } from '../../words/language.svelte'

const ko = {
  myRooms: '방',
  myCars: '차',
  addRoom: '방 등록',
  addCar: '차 등록',
  roomName: '방 소개',
  carName: '차 이름',
  price: '가격',
  suggestions: '예시에서 고르기',
  register: '등록하기',
  registering: '등록하는 중…',
  registered: (name: string) => `등록했습니다: ${name}`,
  edit: '고치기',
  editOf: (name: string) => `고치기: ${name}`,
  saved: '고쳤습니다',
  delete: '내리기',
  deleteQuestion: '내린 것은 목록에서 사라지고 다시 예약할 수 없습니다.',
  deleted: (name: string) => `내렸습니다: ${name}`,
  noRooms: '아직 등록한 방이 없습니다',
  noCars: '아직 등록한 차가 없습니다',
  others: '다른 호스트의 방과 차',
  othersWhy: '다른 기기에서 등록한 내 것이라면 여기서도 고칠 수 있습니다.',
}

export type OfferWords = typeof ko

const en: OfferWords = {
  myRooms: 'Rooms',
  myCars: 'Cars',
  addRoom: 'Add a room',
  addCar: 'Add a car',
  roomName: 'About the room',
  carName: 'Name of the car',
  price: 'Price',
  suggestions: 'Choose an example',
  register: 'Register',
  registering: 'Registering…',
  registered: (name) => `Registered: ${name}`,
  edit: 'Edit',
  editOf: (name) => `Edit: ${name}`,
  saved: 'Saved',
  delete: 'Take off',
  deleteQuestion: 'It leaves the list and can’t be booked any more.',
  deleted: (name) => `Taken off: ${name}`,
  noRooms: 'No rooms of yours yet',
  noCars: 'No cars of yours yet',
  others: 'Rooms and cars of other hosts',
  othersWhy: 'One of yours that you registered on another device can be edited here, too.',
}

const both = { ko, en }

export const offering = {
  get words(): OfferWords {
    return both[language.now]
  },
}
