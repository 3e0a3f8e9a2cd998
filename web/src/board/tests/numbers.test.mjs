// What the panels of the board reckon: percentiles, figures, how a request is placed, the context map, ports and states.
import assert from 'node:assert/strict'
import test from 'node:test'
import { charts } from '../figures'
import { percentiles } from '../percentiles'
import { placing } from '../placing'
import { portsOf } from '../ports'
import { boxes, curve, relations } from '../relations'
import { isAtRest } from '../rest'
import { readState, statesAfter } from '../states'
import { board, placed } from './board.mjs'

test('percentiles are values that were measured', () => {
  assert.deepEqual(percentiles(Array.from({ length: 100 }, (_, at) => 100 - at)), { p50: 50, p95: 95, p99: 99 })
  assert.deepEqual(percentiles([7]), { p50: 7, p95: 7, p99: 7 })
  assert.deepEqual(percentiles([]), { p50: null, p95: null, p99: null })
})

test('figures count by the second, whatever the time between two points', () => {
  const point = (second, commands) => ({ at: `2026-01-01T00:00:${second}Z`, reads: 0, commands, refused: 0, failed: 0, p50Ms: null, p95Ms: 3, p99Ms: 4, group: null, lag: 0, streams: 1, memory: 104_857_600 })
  const made = charts([point('00', 10), point('05', 10), point('15', 10)])
  assert.deepEqual(made.charts.find((chart) => chart.name === 'rate').series[0].values, [1.3, 2, 1])
  assert.deepEqual(made.charts.find((chart) => chart.name === 'memory').series[0].values, [100, 100, 100])
  assert.deepEqual(charts([]).times, [])
})

const text = { type: 'string' }
/** The name of a person may come as a number; a number of a thing has a range. */
const schemaOf = (name, value) => {
  if (name === 'userId') return { anyOf: [text, { type: 'integer' }] }
  return typeof value === 'number' ? { type: 'integer', minimum: 1 } : text
}
const document = (routes) => ({
  paths: Object.fromEntries(
    Object.entries(routes).map(([path, example]) => {
      const properties = Object.fromEntries(Object.entries(example).map(([name, value]) => [name, schemaOf(name, value)]))
      return [path, { post: { requestBody: { content: { 'application/json': { example, schema: { properties } } } } } }]
    }),
  ),
})

test('a request is placed with its example, as whoever asks, whatever name the example has', () => {
  const made = placing(board, document({ '/orders': { userId: 'whoever', userName: 'Kim', qty: 2 } }))
  assert.equal(made.path, '/shop/orders')
  assert.deepEqual(made.people, ['userId'])
  assert.deepEqual(made.needs, [])
})

test('a request is placed by the command that the board marks', () => {
  const routes = [{ command: 'POST /parcels', summary: 'Send a parcel.', places: true }]
  const marked = { ...board, columns: board.columns.map((column) => (column.context === 'delivery' ? { ...column, routes } : column)) }
  assert.equal(placing(marked, document({ '/orders': { qty: 2 }, '/parcels': { weight: 2 } })).path, '/shop/parcels')
})

test('what a request is about is made first: once where it has a stock, for each where it has none', () => {
  const shop = { ...board, columns: [...board.columns, { ...board.columns[4], context: 'store', commands: ['POST /books'] }] }
  const books = placing(shop, document({ '/orders': { productId: 1 }, '/books': { name: 'Walden', stock: 10 } }))
  assert.deepEqual(books.needs.map(({ field, path, once }) => [field, path, once]), [['productId', '/shop/books', true]])
  const house = { ...board, columns: [...board.columns, { ...board.columns[4], context: 'room', commands: ['POST /rooms', 'POST /rentcars'] }] }
  const rooms = placing(house, document({ '/orders': { roomId: 1, carId: 1 }, '/rooms': { price: 1 }, '/rentcars': { price: 1 } }))
  assert.deepEqual(rooms.needs.map(({ path, once }) => [path, once]), [['/shop/rooms', false], ['/shop/rentcars', false]])
})

test('a system that nobody can place a request in has no storm', () => {
  assert.equal(placing(board, { paths: {} }), null)
})

test('the map has one line for each pair and way, and a call depends on who answers', () => {
  const all = relations(board)
  assert.deepEqual(all.filter((one) => one.how === 'asks').map((one) => `${one.from}>${one.to}`), ['payment>order', 'delivery>order'])
  assert.deepEqual(all.find((one) => one.from === 'order' && one.to === 'payment').what, ['OrderPlaced', 'OrderCanceled'])
  assert.ok(all.some((one) => one.how === 'reads' && one.to === 'mypage'))
})

test('two lines of a pair do not cover each other', () => {
  const [one, other] = boxes(['a', 'b'])
  assert.notEqual(curve(one, other, 34).path.split('Q')[1], curve(other, one, 34).path.split('Q')[1])
  assert.notDeepEqual(curve(one, other, 34).label, curve(other, one, 34).label)
})

test('ports without anything in them are left out', () => {
  const { inbound, outbound } = portsOf(board, board.columns[1])
  assert.deepEqual(inbound.map((group) => group.name), ['heard', 'calls'])
  assert.deepEqual(outbound.map((group) => group.name), ['said', 'log'])
})

test('a state is read as a word and what belongs to it, however it is written', () => {
  assert.deepEqual(readState('closed'), { name: 'closed', fields: [] })
  assert.deepEqual(readState({ open: { id: 2, bill: { amount: 3 } } }), { name: 'open', fields: [['id', '2'], ['bill.amount', '3']] })
  assert.equal(readState({ Offered: [{ price: 1 }, { held: 2 }] }).name, 'Offered')
})

test('the state of a thing is the one behind its last event', () => {
  const entries = placed().map((entry, at) => ({ ...entry, state: `s${at}` }))
  const payment = statesAfter(entries.slice(0, 3)).find((one) => one.context === 'payment')
  assert.deepEqual([payment.name, payment.isNew], ['s2', true])
})

test('a system is at rest while all of it runs and nothing is on its way, in doubt or set aside', () => {
  const well = { running: true, sagas: 0, undoing: 0, inDoubt: 0, parkedEvents: 0, lags: [{ consumer: 'policies', source: 'order', events: 0 }] }
  const one = (rest) => isAtRest([well, { ...well, ...rest }])
  assert.equal(one({}), true)
  const busy = [{ running: false }, { sagas: 1 }, { undoing: 1 }, { inDoubt: 1 }, { parkedEvents: 1 }, { lags: [{ consumer: 'policies', source: 'order', events: 1 }] }]
  assert.deepEqual(busy.map(one), busy.map(() => false))
})
