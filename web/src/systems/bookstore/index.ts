/** Bookstore: buy books, the shop accepts, a courier delivers. */
import type { BusinessPages } from '../business'
import { heldMoney } from '../heldMoney'
import Drawing from './Drawing.svelte'

export default {
  system: 'bookstore',
  name: { ko: '책방', en: 'Bookstore' },
  tagline: { ko: '동네 책방에서 문 앞까지', en: 'From the shop on the corner to your shelf' },
  colours: {
    accent: ['#8c1d40', '#e5819f'],
    onAccent: ['#ffffff', '#35081a'],
    accentInk: ['#7e1a3a', '#f5a0b9'],
    accentWash: ['#fbe4ea', '#3b1723'],
  },
  Drawing,
  roles: [],
  correlation: 'orderId',
  moneyField: 'amount',
  statuses: {},
  events: { ...heldMoney },
  contexts: {},
  tour: [],
  counted: { path: '/bookstore/orders', words: { ko: (n) => `주문 ${n}건`, en: (n) => `Orders: ${n}` } },
} satisfies BusinessPages as BusinessPages
