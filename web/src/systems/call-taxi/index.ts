/** Call-taxi: called by distance, assigned at once. */
import type { BusinessPages } from '../business'
import { heldMoney } from '../heldMoney'
import Drawing from './Drawing.svelte'

export default {
  system: 'call-taxi',
  name: { ko: '콜택시', en: 'Call taxi' },
  tagline: { ko: '거리만 알려 주면 바로 배차', en: 'Say how far, and a car comes at once' },
  colours: {
    accent: ['#0b7a75', '#3fbdb4'],
    onAccent: ['#ffffff', '#04211f'],
    accentInk: ['#0a625e', '#62d3ca'],
    accentWash: ['#d9f0ed', '#11302e'],
  },
  Drawing,
  roles: [
    {
      name: 'customer',
      words: { ko: '손님', en: 'Passenger' },
      defaultName: { ko: '김나들', en: 'Kim Nadul' },
      load: () => import('./Customer.svelte'),
    },
    {
      name: 'driver',
      words: { ko: '기사', en: 'Driver' },
      defaultName: { ko: '최기사', en: 'Choi' },
      load: () => import('./Driver.svelte'),
    },
  ],
  stage: ['customer', 'driver'],
  correlation: 'callId',
  moneyField: 'fare',
  statuses: {
    taking: { words: { ko: '결제 중', en: 'Paying' }, tone: 'wait' },
    assigning: { words: { ko: '배차 중', en: 'Finding a car' }, tone: 'wait' },
    driving: { words: { ko: '운행 중', en: 'On the way' }, tone: 'good' },
    complete: { words: { ko: '도착', en: 'Arrived' }, tone: 'good' },
    tooFar: { words: { ko: '너무 멀어 환불됨', en: 'Too far, refunded' }, tone: 'calm' },
    refunding: { words: { ko: '환불 중', en: 'Refunding' }, tone: 'wait' },
    cancelled: { words: { ko: '취소됨', en: 'Cancelled' }, tone: 'calm' },
    payFail: { words: { ko: '결제 안 됨', en: 'Not paid' }, tone: 'bad' },
    // The words of the rows.
    driveRequest: { words: { ko: '호출됨', en: 'Called' }, tone: 'wait' },
    driveStart: { words: { ko: '운행 중', en: 'On the way' }, tone: 'good' },
    driveComplete: { words: { ko: '도착', en: 'Arrived' }, tone: 'good' },
    requestCancel: { words: { ko: '취소됨', en: 'Cancelled' }, tone: 'calm' },
    start: { words: { ko: '운행 중', en: 'On the way' }, tone: 'good' },
    end: { words: { ko: '운행 종료', en: 'Ended' }, tone: 'good' },
    paid: { words: { ko: '결제됨', en: 'Paid' }, tone: 'good' },
    refunded: { words: { ko: '환불됨', en: 'Refunded' }, tone: 'calm' },
  },
  events: {
    ...heldMoney,
    CallPlaced: { words: { ko: '콜택시를 불렀습니다', en: 'Taxi called' }, tone: 'good' },
    CallPayFailed: { words: { ko: '결제되지 않아 부르지 못했습니다', en: 'Not paid, so not called' }, tone: 'bad' },
    CallCancelled: { words: { ko: '호출이 취소되었습니다', en: 'Call cancelled' }, tone: 'bad' },
    FarePaid: { words: { ko: '요금이 결제되었습니다', en: 'Fare paid' }, tone: 'good', money: 'taken' },
    FareRefunded: { words: { ko: '요금이 환불되었습니다', en: 'Fare refunded' }, tone: 'calm', money: 'refunded' },
    DriveStarted: { words: { ko: '차가 배차되었습니다', en: 'A car is on the way' }, tone: 'good' },
    DriveNotAvailable: { words: { ko: '너무 멀어 갈 차가 없습니다', en: 'Too far: no car available' }, tone: 'bad' },
    DriveCancelled: { words: { ko: '운행을 멈췄습니다', en: 'Drive stopped' }, tone: 'calm' },
    DriveEnded: { words: { ko: '도착했습니다', en: 'Arrived' }, tone: 'good' },
  },
  contexts: {
    call: { ko: '호출', en: 'Call' },
    payment: { ko: '결제', en: 'Payment' },
    drive: { ko: '운행', en: 'Drive' },
    callview: { ko: '호출 조회', en: 'Call view' },
    message: { ko: '알림', en: 'Messages' },
  },
  tour: [
    {
      at: 'customer',
      title: { ko: '콜택시를 불러 보세요', en: 'Call a taxi' },
      text: { ko: '손님 전화기에서 거리를 고르고, 아래 청록 버튼을 누르세요. 차는 바로 배차됩니다.', en: 'On the passenger’s phone, choose how far and press the teal button. A car is assigned at once.' },
      untilEvent: ['CallPlaced', 'FarePaid', 'DriveStarted'],
    },
    {
      at: 'provider',
      title: { ko: '기사가 되어 운행을 마쳐 보세요', en: 'End the ride as the driver' },
      text: { ko: '기사 전화기에 운행이 떴습니다. “운행 종료”를 누르세요.', en: 'The drive is on the driver’s phone already. Press “End drive”.' },
      untilEvent: ['DriveEnded'],
    },
    {
      at: 'between',
      title: { ko: '무대 뒤에서 일어난 일', en: 'See what happened behind the scenes' },
      text: {
        ko: '100 km를 넘겨 불러 보세요. 결제한 돈이 이벤트를 따라 저절로 돌아옵니다. “운행”을 멈춰도 호출은 받고, 다시 켜면 배차됩니다.',
        en: 'Call for more than 100 km: the money comes back by itself, along the events. Stop “Drive”: calls are still taken, and get their car once it is back.',
      },
    },
    {
      at: 'payment',
      title: { ko: '결제를 망가뜨려 보세요', en: 'Break the payment' },
      text: {
        ko: '결제를 “멈춤”으로 바꾸고 불러 보세요. 기다리게 하는 대신, 결제되지 않았다고 바로 알려 줍니다. 나간 돈은 없습니다.',
        en: 'Set payment to “Down” and call. Instead of waiting, the passenger hears at once that the fare was not paid. No money moves.',
      },
      untilPayment: 'unwell',
    },
    {
      at: 'payment',
      title: { ko: '그리고 되돌리기', en: 'And put it right' },
      text: { ko: '“정상”으로 되돌리고 “다시 부르기”를 누르세요. 새 호출이 결제되고 차가 옵니다.', en: 'Set it back to “Normal” and press “Call again”: the new call is paid, and a car comes.' },
      untilPayment: 'well',
    },
  ],
  counted: { path: '/call-taxi/calls', words: { ko: (n) => `호출 ${n}건`, en: (n) => `Calls: ${n}` } },
} satisfies BusinessPages as BusinessPages
