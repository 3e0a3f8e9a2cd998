/** What the context map says. */
import { language } from '../../words/language.svelte'

const ko = {
  drawing: '컨텍스트 지도. 같은 내용이 아래 표에 있습니다.',
  table: '누가 누구에게',
  from: '앞선 쪽',
  to: '따르는 쪽',
  how: '어떻게',
  hears: (events: string) => `듣는다: ${events}`,
  asks: (calls: string) => `호출한다: ${calls}`,
  reads: (events: string) => `뷰가 읽는다: ${events}`,
}

const en: typeof ko = {
  drawing: 'Context map. The same is in the table below.',
  table: 'Who follows whom',
  from: 'Upstream',
  to: 'Downstream',
  how: 'How',
  hears: (events) => `hears ${events}`,
  asks: (calls) => `calls ${calls}`,
  reads: (events) => `a view reads ${events}`,
}

const both = { ko, en }

export const map = {
  get words(): typeof ko {
    return both[language.now]
  },
}
