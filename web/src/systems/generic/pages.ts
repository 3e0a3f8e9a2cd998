/** The pages of a system that brings none: made when somebody opens them, from its OpenAPI document and its board. */
import { ask } from '../../api/ask'
import { systems } from '../../api/systems.svelte'
import type { Both } from '../../words/language.svelte'
import type { BusinessPages, EventWords, MoneyStep, TourStep } from '../business'
import { heldMoney } from '../heldMoney'
import { coloursOf } from './colours'
import { describe, type Described } from './described'
import Drawing from './Drawing.svelte'
import { said, toneOf } from './names'
import type { Board, OpenApi } from './openapi'
import { roleNames, workOf } from './roles'

const all = new Map<string, Described>()

/** Known once `genericPages` has come back. */
export function described(system: string): Described {
  const found = all.get(system)
  if (found === undefined) throw new Error(`${system} was not asked about`)
  return found
}

async function fetched<T>(path: string): Promise<T> {
  const answer = await ask<T>({ path })
  if (!answer.ok) throw new Error(`${path}: ${answer.problem.status}`)
  return answer.body
}

export async function genericPages(system: string): Promise<BusinessPages> {
  const named = async (): Promise<void> => {
    if (systems.running === null) await systems.learn()
  }
  const [document, board] = await Promise.all([fetched<OpenApi>(`/${system}/openapi.json`), fetched<Board>(`/${system}/board`), named()])
  const found = describe(system, document, board, systems.named(system)?.roles ?? [])
  all.set(system, found)
  return made(found)
}

const NAMES: Both[] = [
  { ko: '김나들', en: 'Kim Nadul' },
  { ko: '박나들', en: 'Park' },
  { ko: '이나들', en: 'Lee' },
  { ko: '최나들', en: 'Choi' },
]

/** Payment is the context that holds money, whatever it is called. */
function paymentOf(board: Board): Board['columns'][number] | undefined {
  return board.columns.find((one) => one.private.includes('MoneyHeld'))
}

function eventsOf(board: Board): Record<string, EventWords> {
  const events: Record<string, EventWords> = {}
  for (const { published } of board.columns) for (const name of published) events[name] = { words: said(name), tone: toneOf(name) }
  for (const name of paymentOf(board)?.published ?? []) {
    const money: MoneyStep = /refund|cancel|return/i.test(name) ? 'refunded' : 'taken'
    events[name] = { words: said(name), tone: toneOf(name), money }
  }
  return { ...events, ...heldMoney }
}

function tourOf(found: Described, customer: string, place: string): TourStep[] {
  const context = workOf(found, customer).forms[0]?.context
  const placing = found.board.columns.find((one) => one.context === context)?.published
  const first: TourStep = {
    at: 'customer',
    title: { ko: '하나 요청해 보세요', en: 'Place a request' },
    text: { ko: '고객 전화기에서 칸을 채우고 보내세요.', en: 'Fill in the form on the customer’s phone and send it.' },
  }
  if (placing && place !== '') first.untilEvent = placing
  const steps: TourStep[] = [
    first,
    {
      at: 'provider',
      title: { ko: '다른 전화기에서 이어 가세요', en: 'Go on from the other phone' },
      text: { ko: '목록에서 방금 온 것을 찾아, 할 수 있는 일을 눌러 보세요.', en: 'Find what just came in, and press what can be done with it.' },
    },
    {
      at: 'between',
      title: { ko: '무대 뒤에서 일어난 일', en: 'See what happened behind the scenes' },
      text: { ko: '서비스들은 이벤트로만 이야기합니다. 하나하나가 여기에 보입니다.', en: 'The services speak in events alone. Each of them is seen here.' },
    },
  ]
  if (paymentOf(found.board) === undefined) return steps
  return [
    ...steps,
    {
      at: 'payment',
      title: { ko: '결제를 망가뜨려 보세요', en: 'Break the payment' },
      text: { ko: '결제를 “멈춤”으로 바꾸고 다시 요청해 보세요. 정중하게 기다리라는 말을 듣습니다.', en: 'Set payment to “Down” and place another request. It is asked politely to wait.' },
      untilPayment: 'unwell',
    },
    {
      at: 'payment',
      title: { ko: '그리고 되돌리기', en: 'And put it right' },
      text: { ko: '“정상”으로 되돌리면 기다리던 요청이 저절로 이어집니다. 두 번 결제되지 않습니다.', en: 'Set it back to “Normal”: the waiting request goes on by itself, and is paid once.' },
      untilPayment: 'well',
    },
  ]
}

function made(found: Described): BusinessPages {
  const names = roleNames(found)
  const customer = names[0] ?? 'customer'
  const provider = names.find((name) => name !== customer && name !== 'operator') ?? names[1] ?? customer
  const columns = found.collections.flatMap((one) => one.columns)
  const statuses = columns.flatMap((column) => (column.kind === 'status' ? column.choices : []))
  const counted = workOf(found, customer).collections[0] ?? found.collections[0]
  return {
    system: found.system,
    name: said(found.system),
    tagline: { ko: found.about, en: found.about },
    colours: coloursOf(found.system),
    Drawing,
    roles: names.map((name, place) => ({
      name,
      words: said(name),
      defaultName: NAMES[place % NAMES.length] ?? { ko: name, en: name },
      load: () => import('./Role.svelte'),
    })),
    stage: [customer, provider],
    correlation: found.correlation,
    moneyField: columns.find((column) => column.kind === 'money')?.name ?? 'price',
    statuses: Object.fromEntries(statuses.map((name) => [name, { words: said(name), tone: toneOf(name) }])),
    events: eventsOf(found.board),
    contexts: Object.fromEntries(found.board.columns.map(({ context }) => [context, said(context)])),
    tour: tourOf(found, customer, counted?.name ?? ''),
    counted: { path: `/${found.system}/${counted?.name ?? ''}`, words: { ko: (n) => `${n}건`, en: (n) => `Rows: ${n}` } },
    hasMessages: found.collections.some((one) => one.name === 'messages'),
  }
}
