/** What is said of the last quarter of an hour. */
import { language } from '../../words/language.svelte'

const ko = {
  title: '지난 15분',
  none: '아직 잰 것이 없습니다',
  noneWhy: '몇 초마다 한 점씩 생깁니다.',
  ofOne: '이 페이지에 답하는 프로세스의 것입니다. 뒤처진 이벤트만 모든 서비스의 것이고, 나머지 프로세스는 저마다 /metrics가 있습니다.',
  rate: '초당 요청',
  latency: '걸린 시간 (ms)',
  lag: '뒤처진 이벤트',
  group: '한 번에 커밋한 수',
  memory: '메모리 (MB)',
  series: { reads: '읽기', commands: '명령', refused: '거절', failed: '실패', p50: 'p50', p95: 'p95', p99: 'p99', lag: '뒤처짐', group: '묶음', memory: '메모리', streams: '실시간 연결' },
  streams: '실시간 연결',
  nothing: '–',
}

const en: typeof ko = {
  title: 'The last 15 minutes',
  none: 'Nothing measured yet',
  noneWhy: 'A point is added every few seconds.',
  ofOne: 'These figures are of the process that answers this page. Only the lag counts all services; the other processes have their own /metrics.',
  rate: 'Requests per second',
  latency: 'Latency (ms)',
  lag: 'Events behind',
  group: 'Commands in one commit',
  memory: 'Memory (MB)',
  series: { reads: 'reads', commands: 'commands', refused: 'refused', failed: 'failed', p50: 'p50', p95: 'p95', p99: 'p99', lag: 'lag', group: 'group', memory: 'memory', streams: 'live connections' },
  streams: 'Live connections',
  nothing: '–',
}

const both = { ko, en }

export const figures = {
  get words(): typeof ko {
    return both[language.now]
  },
}
