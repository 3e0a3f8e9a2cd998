/** What is said where things go wrong on purpose. */
import { language } from '../../words/language.svelte'

const ko = {
  payment: '결제 상태',
  contexts: '컨텍스트 멈추고 켜기',
  notHere: '여기서는 고장을 낼 수 없습니다',
  notHereWhy: '이 서버의 설정이 고장 스위치를 허락하지 않습니다.',
  processes: '여기서는 서비스마다 프로세스가 따로입니다. 멈추려면 그 프로세스를 끝내고, nadul serve로 다시 켭니다.',
  storm: '요청 폭풍',
  stormWhy: '이 페이지에서 공개 주소로 진짜 요청을 보냅니다. 브라우저가 한 번에 여는 연결만큼(5개)만 함께 갑니다. 걸린 시간에는 연결을 기다린 시간이 들어 있지 않습니다.',
  number: '요청 수',
  rate: '초당',
  begin: (n: string, rate: string) => `${n}건을 초당 ${rate}건씩 보내기`,
  stop: '멈추기',
  preparing: '팔 물건을 준비하는 중',
  answered: '답을 받음',
  underWay: '가는 중',
  reached: '초당',
  latency: '걸린 시간 (ms)',
  answers: '답의 종류',
  kinds: {
    ok: '접수됨',
    declined: '결제 거절',
    overloaded: '붐빔, 나중에',
    refused: '규칙이 거절',
    invalid: '잘못된 요청',
    'unknown-outcome': '결과를 모름',
    unreachable: '닿지 않음',
    'signed-out': '로그인 필요',
    'not-allowed': '권한 없음',
    gone: '없음',
    changed: '바뀜',
    broken: '서버 오류',
  } as Record<string, string>,
  noPlace: '이 시스템에는 요청을 보내는 명령이 없습니다.',
  lag: '뒤처진 이벤트',
}

const en: typeof ko = {
  payment: 'Payment',
  contexts: 'Stop and start contexts',
  notHere: 'Faults can’t be made here',
  notHereWhy: 'The settings of this server don’t allow the switches.',
  processes: 'Here each service is a process of its own: end it to stop the service, and start it again with nadul serve.',
  storm: 'Storm of requests',
  stormWhy: 'Sends real requests from this page to the public address, as many at a time as a browser opens connections (5). The latency does not include the wait for one of these connections.',
  number: 'Requests',
  rate: 'Per second',
  begin: (n, rate) => `Send ${n}, ${rate} a second`,
  stop: 'Stop',
  preparing: 'Getting things ready to sell',
  answered: 'Answered',
  underWay: 'Under way',
  reached: 'Per second',
  latency: 'Latency (ms)',
  answers: 'Answers',
  kinds: {
    ok: 'placed',
    declined: 'payment declined',
    overloaded: 'busy, come back',
    refused: 'refused by a rule',
    invalid: 'invalid',
    'unknown-outcome': 'outcome unknown',
    unreachable: 'unreachable',
    'signed-out': 'sign-in needed',
    'not-allowed': 'not allowed',
    gone: 'not found',
    changed: 'changed',
    broken: 'server error',
  },
  noPlace: 'This system has no command that places a request.',
  lag: 'Events behind',
}

const both = { ko, en }

export const faults = {
  get words(): typeof ko {
    return both[language.now]
  },
}
