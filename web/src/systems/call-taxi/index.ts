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
  roles: [],
  correlation: 'callId',
  moneyField: 'fare',
  statuses: {},
  events: { ...heldMoney },
  contexts: {},
  tour: [],
  counted: { path: '/call-taxi/calls', words: { ko: (n) => `호출 ${n}건`, en: (n) => `Calls: ${n}` } },
} satisfies BusinessPages as BusinessPages
