// One request along the arrows of the board, what the logs teach, and what a cancel would undo.
import assert from 'node:assert/strict'
import test from 'node:test'
import { follow, ofRequest } from '../follow'
import { learn } from '../learn'
import { cancelEvents, cancelOf, cancelRequest, undoing } from '../undo'
import { board, entry, placed } from './board.mjs'

const running = { order: true, payment: true, delivery: true, mypage: true, message: true }
const far = { payment: { 'policies<order': 999 }, delivery: { 'policies<order': 999, 'policies<payment': 999 }, message: { 'policies<payment': 999, 'policies<delivery': 999 } }
const nothing = { makes: new Map(), begun: new Set() }

test('the logs teach which events a command makes, and which somebody began', () => {
  const learned = learn(board, [...placed(), entry('delivery', 'Delivered', 'delivery', 'courier')])
  assert.deepEqual([...learned.makes.get('payment/payment/Take')], ['Paid'])
  assert.deepEqual([...learned.makes.get('delivery/delivery/Start')], ['Started'])
  assert.ok(learned.begun.has('event:delivery:Delivered'))
  assert.ok(learned.begun.has('event:order:OrderPlaced'))
  assert.ok(!learned.begun.has('event:payment:Paid'))
})

test('the path of a request goes over its call, its events and the policies between them', () => {
  const { lit } = follow(board, placed(), nothing)
  for (const id of ['ask:order.place.0', 'call:payment:hold', 'event:order:OrderPlaced', 'when:order.OrderPlaced>payment.payment.Take', 'when:payment.Paid>message.thread.Tell', 'fold:order.OrderPlaced>mypage.myPages@1']) assert.ok(lit.has(id), id)
  assert.ok(!lit.has('ask:order.cancel.0'))
  assert.ok(!lit.has('event:payment:Refunded'))
})

test('a cancel lights the saga that asked first', () => {
  const cancelled = [...placed(), entry('delivery', 'StopHeld', 'delivery', 'b'), entry('order', 'OrderCanceled', 'order', 'b')]
  assert.ok(follow(board, cancelled, nothing).lit.has('ask:order.cancel.0'))
})

test('what a context has not read yet is waited for, and what comes of it is foreseen', () => {
  const learned = learn(board, placed())
  const [held, order] = placed()
  const positions = { ...far, payment: { 'policies<order': order.position - 1 } }
  const path = follow(board, [held, order], learned, { positions, running: { ...running, payment: false }, parked: new Set() })
  assert.deepEqual(path.waiting.map((one) => [one.when.command, one.why]), [['Take', 'stopped']])
  assert.deepEqual(path.expected.map((one) => one.text), ['Take', 'Paid', 'Start', 'Started', 'Tell', 'Sent'])
})

test('what was read and let pass is not waited for', () => {
  const path = follow(board, placed(), learn(board, placed()), { positions: far, running, parked: new Set() })
  assert.deepEqual(path.waiting, [])
})

test('what is set aside is waited for, whatever was read behind it, and no other event of its context is', () => {
  const [held, order, paid] = placed()
  const parked = new Set([`delivery/policies<payment@${paid.position}`])
  const { waiting } = follow(board, [held, order, paid], nothing, { positions: far, running, parked })
  assert.deepEqual(waiting.map((one) => [one.when.command, one.why]), [['Start', 'set aside']])
})

test('the same event a second time is waited for, although its first time was handled', () => {
  const again = entry('order', 'OrderPlaced', 'order', 'second')
  const entries = [...placed(), again]
  const positions = { ...far, payment: { 'policies<order': again.position - 1 } }
  const { waiting } = follow(board, entries, nothing, { positions, running, parked: new Set() })
  assert.deepEqual(waiting.map((one) => [one.when.command, one.cause.eventId]), [['Take', again.eventId]])
})

test('a view that has yet to read an event is named, and not lit', () => {
  const entries = placed()
  const [, order] = entries
  const behind = { positions: { ...far, mypage: { 'myPages@1<order': order.position - 1 } }, running: { ...running, mypage: false }, parked: new Set() }
  const path = follow(board, entries, nothing, behind)
  assert.deepEqual(path.views.map(({ context, view, why }) => [context, view, why]), [['mypage', 'myPages@1', 'stopped']])
  assert.ok(!path.lit.has('view:mypage:myPages@1'))
  const read = follow(board, entries, nothing, { ...behind, positions: { ...far, mypage: { 'myPages@1<order': order.position } } })
  assert.deepEqual(read.views, [])
  assert.ok(read.lit.has('view:mypage:myPages@1'))
})

test('what a person may still do is known from others who did', () => {
  const learned = learn(board, [...placed(), entry('delivery', 'Delivered', 'delivery', 'courier')])
  const { people } = follow(board, placed(), learned, { positions: far, running, parked: new Set() })
  assert.deepEqual(people, [{ context: 'delivery', event: 'Delivered' }])
})

test('a cancel asks first, then undoes, then tells', () => {
  const steps = undoing(board, placed(), learn(board, placed()), 'DELETE /orders/{orderId}')
  assert.deepEqual(steps.map((one) => `${one.context}: ${one.text}`), ['delivery: stop the delivery', 'payment: Refund', 'delivery: Cancel', 'message: Tell'])
  assert.equal(steps[0].isAsked, true)
})

test('what is not there is not undone, and what is cancelled is not cancelled again', () => {
  const [held, order, paid] = placed()
  assert.deepEqual(undoing(board, [held, order, paid], nothing, '').map((one) => one.text), ['Refund'])
  assert.deepEqual(undoing(board, [...placed(), entry('order', 'OrderCanceled', 'order', 'b')], nothing, ''), [])
})

test('a thing of another kind with the same number is not of the request', () => {
  const other = entry('delivery', 'Registered', 'van', 'z')
  assert.ok(!ofRequest(board, [...placed(), other]).some((one) => one.eventType === 'Registered'))
})

test('what a person does to a thing of the request is of the request', () => {
  const delivered = entry('delivery', 'Delivered', 'delivery', 'courier')
  assert.ok(ofRequest(board, [...placed(), delivered]).includes(delivered))
})

test('a step that a saga asks for is said to be taken back where its context takes it back', () => {
  const [step] = undoing(board, placed(), nothing, 'DELETE /orders/{orderId}')
  assert.equal(step.isTakenBack, true)
  const kept = { ...board, columns: board.columns.map((column) => ({ ...column, undoes: [] })) }
  assert.equal(undoing(kept, placed(), nothing, 'DELETE /orders/{orderId}')[0].isTakenBack, false)
})

test('of two events that are named after a cancel the one that people began is the cancel, as far as the logs show', () => {
  const columns = board.columns.map((column) => (column.context === 'order' ? { ...column, published: ['OrderPlaced', 'CancelRequested', 'OrderCanceled'] } : column))
  const twice = { ...board, columns }
  assert.deepEqual(cancelEvents(twice, nothing), ['CancelRequested'])
  assert.deepEqual(cancelEvents(twice, { ...nothing, begun: new Set(['event:order:OrderCanceled']) }), ['OrderCanceled'])
})

const document = (path, method, example) => ({ paths: { [path]: { [method]: { requestBody: { content: { 'application/json': { example } } } } } } })
const withRoutes = (routes, rest = {}) => ({ ...board, columns: board.columns.map((column) => (column.context === 'order' ? { ...column, ...rest, routes } : column)) })

test('the cancel command is the one that the board marks, whatever the others are called', () => {
  const marked = withRoutes([
    { command: 'DELETE /orders/{orderId}', summary: 'Cancel nothing of the kind.' },
    { command: 'PATCH /orders/{orderId}', summary: 'Change your mind.', cancels: true },
  ])
  const found = cancelOf(marked, document('/orders/{id}', 'patch', { status: 'Off' }))
  assert.deepEqual(cancelRequest('shop', found, 7), { method: 'PATCH', path: '/shop/orders/7', body: { status: 'Off' } })
})

test('where the board marks none it is the one whose summary says so', () => {
  assert.deepEqual(cancelRequest('shop', cancelOf(board, { paths: {} }), 7), { method: 'DELETE', path: '/shop/orders/7' })
})

test('a cancel whose path does not name the request names it in its body, or is none', () => {
  const byBody = withRoutes([{ command: 'POST /orders/cancel', summary: 'Cancel an order.', cancels: true }])
  const found = cancelOf(byBody, document('/orders/cancel', 'post', { orderId: 1 }))
  assert.deepEqual(cancelRequest('shop', found, 7), { method: 'POST', path: '/shop/orders/cancel', body: { orderId: 7 } })
  assert.equal(cancelOf(byBody, document('/orders/cancel', 'post', { other: 1 })), null)
})
