/** Short texts on the board: how long after, and names in the language of now. */
import type { BusinessPages } from '../systems/business'
import { count } from '../words/format'
import { type Both, language, spoken } from '../words/language.svelte'

/** `+12 ms`, `+1.4 s`, `+3 min` */
export function after(first: string, then: string): string {
  const ms = Math.max(0, new Date(then).getTime() - new Date(first).getTime())
  if (ms < 1000) return `+${ms} ms`
  const [seconds, minutes] = language.now === 'ko' ? ['초', '분'] : ['s', 'min']
  return ms < 90_000 ? `+${(ms / 1000).toFixed(1)} ${seconds}` : `+${count(Math.round(ms / 60_000))} ${minutes}`
}

export function contextName(business: BusinessPages | null, context: string): string {
  const name = business?.contexts[context]
  return name ? spoken(name) : context
}

/** What the contexts that all systems share keep to themselves. */
const SHARED: Record<string, Both> = {
  MoneyHeld: { ko: '돈을 맡아 두었습니다', en: 'Money held' },
  MoneyVoided: { ko: '맡은 돈을 풀었습니다', en: 'Held money released' },
  CustomerLearned: { ko: '누구에게 알릴지 알았습니다', en: 'Customer known' },
  MessageWaits: { ko: '알림이 기다립니다', en: 'Message waits' },
  MessageSent: { ko: '알림을 보냈습니다', en: 'Message sent' },
  StopHeld: { ko: '멈춤이 예약되었습니다', en: 'Stop held' },
  StopLifted: { ko: '멈춤이 풀렸습니다', en: 'Stop lifted' },
}

export function eventName(business: BusinessPages | null, event: string): string {
  const known = business?.events[event]?.words ?? SHARED[event]
  return known ? spoken(known) : event
}
