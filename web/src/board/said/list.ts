/** What the board says as a list. */
import { language } from '../../words/language.svelte'

const ko = {
  commands: '명령',
  aggregates: '애그리거트',
  published: '발행하는 이벤트',
  private: '안에서만 쓰는 이벤트',
  sagas: '사가',
  answers: '답하는 호출',
  policies: '정책',
  views: '뷰',
  provider: '바깥 시스템',
  asks: (step: string, to: string, call: string) => `${step}: ${to} 컨텍스트에 “${call}” 호출`,
  takenBack: '뒤에서 실패하면 되돌림',
  whenever: (event: string, source: string, command: string) => `${source}.${event} → ${command}`,
  reads: (events: string) => `읽는 이벤트: ${events}`,
  conserved: '늘 맞아야 하는 규칙',
}

const en: typeof ko = {
  commands: 'Commands',
  aggregates: 'Aggregates',
  published: 'Published events',
  private: 'Private events',
  sagas: 'Sagas',
  answers: 'Calls it answers',
  policies: 'Policies',
  views: 'Views',
  provider: 'External system',
  asks: (step, to, call) => `${step}: calls “${call}” of ${to}`,
  takenBack: 'taken back if a later step fails',
  whenever: (event, source, command) => `whenever ${source}.${event} then ${command}`,
  reads: (events) => `reads ${events}`,
  conserved: 'Rules that always hold',
}

const both = { ko, en }

export const list = {
  get words(): typeof ko {
    return both[language.now]
  },
}
