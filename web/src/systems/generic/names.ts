/** Names from the code as words for people: spaced out, and in Korean where each word of them is a usual one. */
import type { Both } from '../../words/language.svelte'
import type { Tone } from '../business'

/** What is written in short. */
const LONG: Record<string, string> = { addr: 'address', desc: 'description', nm: 'name', prod: 'product', qty: 'quantity', rsv: 'reservation' }

const KOREAN: Record<string, string> = {
  accept: '수락', accepted: '수락됨', action: '동작', add: '추가', address: '주소', amount: '금액', approve: '승인', approved: '승인됨', assigned: '배정됨', available: '가능',
  book: '책', books: '책', call: '호출', calls: '호출', cancel: '취소', cancelled: '취소됨', canceled: '취소됨', car: '차', city: '도시', closed: '닫힘', comment: '댓글', complete: '완료', completed: '완료됨', content: '내용', count: '개수', courier: '배달원', created: '생성됨', customer: '고객',
  date: '날짜', day: '날', days: '일수', deleted: '삭제됨', deliveries: '배달', delivered: '배달됨', delivery: '배달', description: '설명', destination: '도착지', distance: '거리', done: '완료', drive: '운행', driver: '기사', drives: '운행',
  email: '이메일', end: '종료', failed: '실패', fare: '요금', finish: '완료', finished: '끝남', from: '출발', history: '기록', host: '주인', house: '집', id: '번호', item: '물건', items: '물건', kind: '종류', last: '마지막', laundry: '세탁소',
  me: '나', message: '알림', messages: '알림', money: '돈', name: '이름', note: '메모', number: '번호', open: '열림', operator: '운영자', order: '주문', ordered: '주문됨', orders: '주문', owner: '주인',
  paid: '결제됨', pay: '결제', payment: '결제', payments: '결제', pending: '대기', phone: '전화', pieces: '개수', place: '장소', placed: '접수됨', point: '지점', price: '값', product: '상품', products: '상품',
  quantity: '수량', rating: '별점', ready: '준비됨', reason: '이유', refund: '환불', refunded: '환불됨', registered: '등록됨', reject: '거절', rejected: '거절됨', rentcar: '렌터카', rentcars: '렌터카', request: '요청', requested: '요청됨', requests: '요청', reservation: '예약', reservations: '예약', reserved: '예약됨', review: '후기', reviews: '후기', room: '방', rooms: '방',
  seller: '판매자', shop: '가게', size: '크기', start: '시작', started: '시작됨', starting: '출발', state: '상태', status: '상태', stock: '재고', store: '가게', taken: '받음', text: '글', ticket: '접수증', tickets: '접수증', time: '시간', title: '제목', to: '도착', total: '합계', user: '사용자', view: '보기', views: '보기', waiting: '대기', wash: '세탁', washed: '세탁됨', washer: '세탁사', washes: '세탁', weight: '무게',
}

function parts(name: string): string[] {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .split(/[\s_-]+/)
    .filter((part) => part !== '')
}

/** `startingPoint`: "Starting point", "출발 지점". A name that is no English one stays as it is. */
export function said(name: string): Both {
  const words = parts(name).map((part) => LONG[part.toLowerCase()] ?? part.toLowerCase())
  const text = words.join(' ')
  const en = text.charAt(0).toUpperCase() + text.slice(1)
  const korean = words.map((word) => KOREAN[word])
  return { en, ko: korean.every((word) => word !== undefined) ? korean.join(' ') : en }
}

/** How a status or an event feels, from the word it ends with. */
export function toneOf(name: string): Tone {
  const text = name.toLowerCase()
  if (/fail|reject|declin|error|lost|거절|실패/.test(text)) return 'bad'
  if (/cancel|refund|void|closed|deleted|removed|취소|환불/.test(text)) return 'calm'
  if (/(finish|complet|deliver|done|paid|approv|accept|assign|avail|taken|end|ready|clean|wash|order|request|regist|creat|plac)\w*$|완료|승인|신청/.test(text)) return 'good'
  return 'wait'
}

/** A step back, which is asked about before it is done. */
export function undoes(text: string): boolean {
  return /cancel|reject|delete|remove|refund|give .* back|off (the|sale)|취소|거절|삭제/i.test(text)
}
