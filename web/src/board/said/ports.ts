/** What the hexagons say. */
import { language } from '../../words/language.svelte'

const ko = {
  inbound: '들어오는 포트',
  outbound: '나가는 포트',
  adapter: '꽂힌 어댑터',
  names: { commands: '명령', reads: '읽기', heard: '듣는 이벤트', calls: '답하는 호출', said: '발행하는 이벤트', asks: '다른 컨텍스트 호출', provider: '바깥 시스템', log: '로그와 상태' },
  other: '그 밖에 꽂힌 것',
  none: '없음',
  elsewhere: '다른 프로세스에 있음',
  breaker: (state: string) => `차단기 ${state}`,
}

const en: typeof ko = {
  inbound: 'Inbound ports',
  outbound: 'Outbound ports',
  adapter: 'Adapter plugged in',
  names: { commands: 'Commands', reads: 'Reads', heard: 'Events heard', calls: 'Calls answered', said: 'Events published', asks: 'Calls to others', provider: 'External system', log: 'Log and state' },
  other: 'Also plugged in',
  none: 'none',
  elsewhere: 'in another process',
  breaker: (state) => `breaker ${state}`,
}

const both = { ko, en }

export const ports = {
  get words(): typeof ko {
    return both[language.now]
  },
}
