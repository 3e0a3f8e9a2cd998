/** What is under way with a reservation, by the event that ends it. */
import { language } from '../../words/language.svelte'

const ko = {
  PaymentApproved: '결제를 확인하는 중',
  ReservationConfirmed: '예약을 확정하는 중',
  RoomReserved: '방에 예약을 적는 중',
  CarReserved: '차에 예약을 적는 중',
  PaymentCancelled: '환불하는 중',
  ReservationCancelled: '취소를 마무리하는 중',
  RoomCancelled: '방을 다시 여는 중',
  CarCancelled: '차를 다시 내놓는 중',
}

export type CourseWords = typeof ko

const en: CourseWords = {
  PaymentApproved: 'Confirming the payment',
  ReservationConfirmed: 'Confirming the reservation',
  RoomReserved: 'Marking the room as yours',
  CarReserved: 'Marking the car as yours',
  PaymentCancelled: 'Refunding',
  ReservationCancelled: 'Finishing the cancellation',
  RoomCancelled: 'Opening the room again',
  CarCancelled: 'Giving the car back',
}

const both = { ko, en }

export const course = {
  get words(): CourseWords {
    return both[language.now]
  },
}
