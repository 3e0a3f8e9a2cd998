/** Taxi: hail one at your own price, and a driver picks the request. */
import type { BusinessPages } from '../business'
import { heldMoney } from '../heldMoney'
import Drawing from './Drawing.svelte'

export default {
  system: 'taxi',
  name: { ko: '택시 잡기', en: 'Taxi' },
  tagline: { ko: '내가 정한 값으로 부르고, 기사가 고릅니다', en: 'Name your price, and a driver picks you up' },
  colours: {
    accent: ['#f6b21b', '#f7bc3a'],
    onAccent: ['#2a1d00', '#2a1d00'],
    accentInk: ['#7a5200', '#f5c558'],
    accentWash: ['#fff0cb', '#33270f'],
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
      defaultName: { ko: '박기사', en: 'Park' },
      load: () => import('./Driver.svelte'),
    },
  ],
  stage: ['customer', 'driver'],
  correlation: 'matchId',
  moneyField: 'price',
  statuses: {
    taking: { words: { ko: '결제 중', en: 'Paying' }, tone: 'wait' },
    PaymentApproved: { words: { ko: '기사 찾는 중', en: 'Finding a driver' }, tone: 'wait' },
    PickupAssigned: { words: { ko: '배차됨', en: 'Driver found' }, tone: 'good' },
    refunding: { words: { ko: '환불 중', en: 'Refunding' }, tone: 'wait' },
    CatchCancelled: { words: { ko: '취소됨', en: 'Cancelled' }, tone: 'calm' },
  },
  events: {
    ...heldMoney,
    CatchRequested: { words: { ko: '택시를 불렀습니다', en: 'Taxi requested' }, tone: 'good' },
    PaymentApproved: { words: { ko: '결제되었습니다', en: 'Payment taken' }, tone: 'good', money: 'taken' },
    PickupAssigned: { words: { ko: '기사가 정해졌습니다', en: 'Driver found' }, tone: 'good' },
    PickupCancelled: { words: { ko: '배차가 풀렸습니다', en: 'Match released' }, tone: 'wait' },
    CatchCancelled: { words: { ko: '호출을 취소했습니다', en: 'Request cancelled' }, tone: 'bad' },
    PaymentCancelled: { words: { ko: '환불되었습니다', en: 'Refunded' }, tone: 'calm', money: 'refunded' },
  },
  contexts: {
    catch: { ko: '호출', en: 'Request' },
    payment: { ko: '결제', en: 'Payment' },
    pickup: { ko: '배차', en: 'Pickup' },
    mypage: { ko: '내 화면', en: 'My page' },
    message: { ko: '알림', en: 'Messages' },
  },
  tour: [
    {
      at: 'customer',
      title: { ko: '택시를 불러 보세요', en: 'Hail a taxi' },
      text: { ko: '손님 전화기에서 출발지와 값을 보고, 아래 노란 버튼을 누르세요.', en: 'On the passenger’s phone, look at places and price, then press the yellow button.' },
      untilEvent: ['CatchRequested', 'PaymentApproved'],
    },
    {
      at: 'provider',
      title: { ko: '기사가 되어 태우세요', en: 'Pick the passenger up' },
      text: { ko: '기사 전화기에 호출이 바로 떴습니다. “태우기”를 누르세요.', en: 'The request is on the driver’s phone already. Press “Pick up”.' },
      untilEvent: ['PickupAssigned'],
    },
    {
      at: 'between',
      title: { ko: '무대 뒤에서 일어난 일', en: 'See what happened behind the scenes' },
      text: { ko: '서비스들은 이벤트로만 이야기합니다. 돈은 먼저 맡아 두었다가, 호출이 확실해지면 결제됩니다.', en: 'The services speak in events alone. Money is held first, and taken once the request is certain.' },
    },
    {
      at: 'payment',
      title: { ko: '결제를 망가뜨려 보세요', en: 'Break the payment' },
      text: { ko: '결제를 “멈춤”으로 바꾸고 다시 불러 보세요. 손님은 정중하게 기다리라는 말을 듣습니다.', en: 'Set payment to “Down” and hail again. The passenger is asked politely to wait.' },
      untilPayment: 'unwell',
    },
    {
      at: 'payment',
      title: { ko: '그리고 되돌리기', en: 'And put it right' },
      text: { ko: '“정상”으로 되돌리면 기다리던 호출이 저절로 이어집니다. 두 번 결제되지 않습니다.', en: 'Set it back to “Normal”: the waiting request goes on by itself, and is paid once.' },
      untilPayment: 'well',
    },
  ],
  counted: { path: '/taxi/catchReqLists', words: { ko: (n) => `열린 호출 ${n}건`, en: (n) => `Open requests: ${n}` } },
} satisfies BusinessPages as BusinessPages
