/** Fruit: order it, and a courier brings it. */
import type { BusinessPages } from '../business'
import { heldMoney } from '../heldMoney'
import Drawing from './Drawing.svelte'

export default {
  system: 'fruit',
  name: { ko: '과일 가게', en: 'Fruit' },
  tagline: { ko: '오늘 딴 과일을 집 앞까지', en: 'Picked today, brought to your door' },
  colours: {
    accent: ['#c8401a', '#f0764a'],
    onAccent: ['#ffffff', '#2b0f04'],
    accentInk: ['#a5340f', '#ff9a74'],
    accentWash: ['#ffe8dc', '#3a1e14'],
  },
  Drawing,
  roles: [
    {
      name: 'customer',
      words: { ko: '고객', en: 'Customer' },
      defaultName: { ko: '김나들', en: 'Kim Nadul' },
      load: () => import('./Customer.svelte'),
    },
    {
      name: 'courier',
      words: { ko: '배송 기사', en: 'Courier' },
      defaultName: { ko: '이배송', en: 'Lee' },
      load: () => import('./Courier.svelte'),
    },
  ],
  stage: ['customer', 'courier'],
  correlation: 'orderId',
  moneyField: 'price',
  statuses: {
    taking: { words: { ko: '결제 중', en: 'Paying' }, tone: 'wait' },
    packing: { words: { ko: '배송 준비 중', en: 'Packing' }, tone: 'wait' },
    delivering: { words: { ko: '배송 중', en: 'On its way' }, tone: 'good' },
    delivered: { words: { ko: '배송 완료', en: 'Delivered' }, tone: 'good' },
    refunding: { words: { ko: '환불 중', en: 'Refunding' }, tone: 'wait' },
    cancelled: { words: { ko: '취소됨', en: 'Cancelled' }, tone: 'calm' },
    // The words of the rows.
    주문신청: { words: { ko: '주문됨', en: 'Ordered' }, tone: 'good' },
    주문취소: { words: { ko: '취소됨', en: 'Cancelled' }, tone: 'calm' },
    결제승인: { words: { ko: '결제됨', en: 'Paid' }, tone: 'good' },
    결제취소: { words: { ko: '환불됨', en: 'Refunded' }, tone: 'calm' },
    배송시작: { words: { ko: '배송 중', en: 'On its way' }, tone: 'good' },
    배송완료: { words: { ko: '배송 완료', en: 'Delivered' }, tone: 'good' },
    배송취소: { words: { ko: '배송 취소됨', en: 'Delivery cancelled' }, tone: 'calm' },
  },
  events: {
    ...heldMoney,
    OrderPlaced: { words: { ko: '과일을 주문했습니다', en: 'Fruit ordered' }, tone: 'good' },
    OrderCanceled: { words: { ko: '주문을 취소했습니다', en: 'Order cancelled' }, tone: 'bad' },
    PaymentApproved: { words: { ko: '결제되었습니다', en: 'Payment taken' }, tone: 'good', money: 'taken' },
    PaymentCanceled: { words: { ko: '환불되었습니다', en: 'Refunded' }, tone: 'calm', money: 'refunded' },
    DeliveryStarted: { words: { ko: '배송을 시작했습니다', en: 'Delivery started' }, tone: 'good' },
    DeliveryCanceled: { words: { ko: '배송을 멈췄습니다', en: 'Delivery stopped' }, tone: 'calm' },
    DeliveryCompleted: { words: { ko: '문 앞에 도착했습니다', en: 'Delivered to the door' }, tone: 'good' },
  },
  contexts: {
    order: { ko: '주문', en: 'Order' },
    payment: { ko: '결제', en: 'Payment' },
    delivery: { ko: '배송', en: 'Delivery' },
    mypage: { ko: '내 화면', en: 'My page' },
    message: { ko: '알림', en: 'Messages' },
  },
  tour: [
    {
      at: 'customer',
      title: { ko: '과일을 주문해 보세요', en: 'Order some fruit' },
      text: { ko: '고객 전화기에서 과일을 하나 고르고, 아래 주황 버튼을 누르세요.', en: 'On the customer’s phone, choose a fruit and press the orange button.' },
      untilEvent: ['OrderPlaced', 'PaymentApproved'],
    },
    {
      at: 'provider',
      title: { ko: '배송 기사가 되어 가져다주세요', en: 'Bring it to the door' },
      text: { ko: '배송은 이미 시작되었습니다. 배송 기사 전화기에서 “배송 완료”를 누르세요.', en: 'The delivery has started already. Press “Delivered” on the courier’s phone.' },
      untilEvent: ['DeliveryCompleted'],
    },
    {
      at: 'between',
      title: { ko: '무대 뒤에서 일어난 일', en: 'See what happened behind the scenes' },
      text: {
        ko: '주문, 결제, 배송은 이벤트로만 이야기합니다. “배송”을 잠깐 멈춰도 주문은 받습니다. 다시 켜면 밀린 배송이 한 번씩 시작됩니다.',
        en: 'Order, payment and delivery speak in events alone. Stop “Delivery” for a moment: orders are still taken, and each starts once it is back.',
      },
    },
    {
      at: 'payment',
      title: { ko: '결제를 망가뜨려 보세요', en: 'Break the payment' },
      text: { ko: '결제를 “멈춤”으로 바꾸고 다시 주문해 보세요. 고객은 정중하게 기다리라는 말을 듣습니다.', en: 'Set payment to “Down” and order again. The customer is asked politely to wait.' },
      untilPayment: 'unwell',
    },
    {
      at: 'payment',
      title: { ko: '그리고 되돌리기', en: 'And put it right' },
      text: { ko: '“정상”으로 되돌리면 기다리던 주문이 저절로 이어집니다. 두 번 결제되지 않습니다.', en: 'Set it back to “Normal”: the waiting order goes on by itself, and is paid once.' },
      untilPayment: 'well',
    },
  ],
  counted: { path: '/fruit/orders', words: { ko: (n) => `주문 ${n}건`, en: (n) => `Orders: ${n}` } },
} satisfies BusinessPages as BusinessPages
