/** What the pages say that are made from a system's documents. */
import { language } from '../../words/language.svelte'

const ko = {
  doing: '할 수 있는 일',
  choose: '무엇을 볼까요',
  send: '보내기',
  sending: '보내는 중…',
  done: '처리되었습니다',
  optional: '선택',
  needed: '채워 주세요',
  won: '원',
  yes: '예',
  no: '아니요',
  unset: '고르지 않음',
  example: (text: string) => `예: ${text}`,
  fill: '예시로 채우기',
  least: (n: string) => `${n}부터`,
  most: (n: string) => `${n}까지`,
  between: (from: string, to: string) => `${from}에서 ${to}까지`,
  history: '지나온 과정',
  none: '아직 아무것도 없습니다',
  noneWhy: '새로 생기는 것은 저절로 여기에 나타납니다.',
  sure: '되돌릴 수 없을 수 있습니다. 계속할까요?',
  nothing: '이 역할로 할 수 있는 일이 아직 없습니다',
  nothingWhy: '명령과 목록은 API 문서에 있습니다.',
}

type GenericWords = typeof ko

const en: GenericWords = {
  doing: 'What you can do',
  choose: 'What to look at',
  send: 'Send',
  sending: 'Sending…',
  done: 'Done',
  optional: 'optional',
  needed: 'Please fill this in',
  won: 'won',
  yes: 'Yes',
  no: 'No',
  unset: 'Not chosen',
  example: (text) => `For example ${text}`,
  fill: 'Fill in an example',
  least: (n) => `From ${n}`,
  most: (n) => `Up to ${n}`,
  between: (from, to) => `From ${from} to ${to}`,
  history: 'What happened',
  none: 'Nothing here yet',
  noneWhy: 'Whatever is new shows up here by itself.',
  sure: 'This may not be undone. Go on?',
  nothing: 'There is nothing to do in this role yet',
  nothingWhy: 'Commands and lists are in the API documents.',
}

const both = { ko, en }

export const generic = {
  get words(): GenericWords {
    return both[language.now]
  },
}
