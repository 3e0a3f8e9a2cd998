/** Stay: a room, and a rental car with it. */
import type { BusinessPages } from '../business'
import { heldMoney } from '../heldMoney'
import Drawing from './Drawing.svelte'

export default {
  system: 'stay',
  name: { ko: '숙소와 렌터카', en: 'Stay' },
  tagline: { ko: '방과 차를 한 번에 예약', en: 'A room and a car, booked together' },
  colours: {
    accent: ['#3f4fb8', '#97a3f5'],
    onAccent: ['#ffffff', '#10163f'],
    accentInk: ['#35429c', '#aeb8ff'],
    accentWash: ['#e6e8fb', '#1f2447'],
  },
  Drawing,
  roles: [],
  correlation: 'rsvId',
  moneyField: 'amount',
  statuses: {},
  events: { ...heldMoney },
  contexts: {},
  tour: [],
  counted: { path: '/stay/reservations', words: { ko: (n) => `예약 ${n}건`, en: (n) => `Reservations: ${n}` } },
} satisfies BusinessPages as BusinessPages
