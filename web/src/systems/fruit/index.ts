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
  roles: [],
  correlation: 'orderId',
  moneyField: 'price',
  statuses: {},
  events: { ...heldMoney },
  contexts: {},
  tour: [],
  counted: { path: '/fruit/orders', words: { ko: (n) => `주문 ${n}건`, en: (n) => `Orders: ${n}` } },
} satisfies BusinessPages as BusinessPages
