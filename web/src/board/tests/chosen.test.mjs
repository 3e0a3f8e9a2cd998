// The chosen request: what is shown where reads of its logs overlap, what is set aside, and what is sent for it.
import assert from 'node:assert/strict'
import test from 'node:test'
import { serverAnswers, settled } from '../../api/tests/browser.mjs'
import { cancelSending } from '../cancels'
import { Chosen } from '../chosen.svelte'
import { firstOf } from '../parked'
import { parkedIn } from '../readParked'
import { board, entry } from './board.mjs'

const nobody = { running: {}, entries: [] }
const small = { ...board, columns: board.columns.filter(({ context }) => context === 'order') }
const page = (event) => ({ body: { context: 'order', events: [{ event, kind: 'order', id: 1, state: null }], next: null } })

/** A server whose logs answer when the test says so, in the order of the test. */
function slowLogs() {
  const open = []
  serverAnswers(({ path }) => (path.endsWith('/parked') ? { body: { parked: [] } } : new Promise((answer) => open.push(answer))))
  return open
}

test('an older answer that comes late does not replace a newer one', async () => {
  const logs = slowLogs()
  const chosen = new Chosen(small, () => nobody)
  chosen.choose(1)
  const second = chosen.read()
  logs[1](page(entry('order', 'OrderCanceled', 'order')))
  await second
  logs[0](page(entry('order', 'OrderPlaced', 'order')))
  await settled()
  assert.deepEqual(chosen.entries.map((one) => one.eventType), ['OrderCanceled'])
})

test('an answer that was asked for before another request was chosen is not shown, also where the first one is chosen again', async () => {
  const logs = slowLogs()
  const chosen = new Chosen(small, () => nobody)
  chosen.choose(1)
  chosen.choose(2)
  chosen.choose(1)
  logs[0](page(entry('order', 'OrderPlaced', 'order')))
  await settled()
  assert.deepEqual([chosen.entries, chosen.isLoading], [[], true])
})

test('what is set aside says which event it is, why, and when it is tried again', async () => {
  const parked = { key: 1, order: 1, event_type: 'OrderPlaced', reason: 'no such product', attempts: 3, retry_at: '2026-01-01T00:01:00Z', since: '2026-01-01T00:00:00Z', event: {} }
  serverAnswers(({ path }) => (path.endsWith('/parked') ? { body: { parked: [{ consumer: 'policies', source: 'order', position: 4, parked }] } } : page(entry('order', 'OrderPlaced', 'order'))))
  const chosen = new Chosen(small, () => nobody)
  chosen.choose(1)
  await settled()
  assert.deepEqual(chosen.parked, [{ context: 'order', consumer: 'policies', source: 'order', position: 4, key: 1, eventType: 'OrderPlaced', reason: 'no such product', attempts: 3, retryAt: '2026-01-01T00:01:00Z' }])
  chosen.leave()
})

const aside = (order, position, rest = {}) => ({ consumer: 'policies', source: 'order', position, parked: { key: 1, order, event_type: 'OrderPlaced', reason: '', attempts: 0, retry_at: null, ...rest } })

test('what is set aside stands in the order in which it was, and the first of each consumer is what is skipped', async () => {
  const view = { ...aside(2, 9), consumer: 'myPages@1' }
  serverAnswers(() => ({ body: { parked: [aside(3, 7), view, aside(1, 8), { ...aside(4, 10), parked: { ...aside(4, 10).parked, key: 2 } }] } }))
  const events = (await parkedIn('shop', 'order')).filter((event) => event.key === 1)
  assert.deepEqual(events.map((event) => event.position), [8, 9, 7])
  assert.deepEqual(firstOf(events).map((event) => event.position), [8, 9])
})

test('how many events of its number belong to something else is told', async () => {
  const event = (eventType, kind, correlationId) => ({ event: entry('order', eventType, kind, correlationId), kind, id: 1, state: null })
  serverAnswers(({ path }) => ({ body: path.endsWith('/parked') ? { parked: [] } : path.includes('/order/') ? { events: [event('OrderPlaced', 'order', 'a')] } : { events: [{ ...event('Registered', 'van', 'z'), event: entry('delivery', 'Registered', 'van', 'z') }] } }))
  const both = { ...board, columns: board.columns.filter(({ context }) => context === 'order' || context === 'delivery') }
  const chosen = new Chosen(both, () => nobody)
  chosen.choose(1)
  await settled()
  assert.deepEqual([chosen.entries.map((one) => one.eventType), chosen.leftOut], [['OrderPlaced'], 1])
})

test('what can’t be read now is still set aside, as far as is known', async () => {
  let isUp = true
  serverAnswers(({ path }) => (!path.endsWith('/parked') ? page(entry('order', 'OrderPlaced', 'order')) : isUp ? { body: { parked: [aside(1, 4)] } } : { status: 503, body: {} }))
  const chosen = new Chosen(small, () => nobody)
  chosen.choose(1)
  await settled()
  isUp = false
  await chosen.read()
  assert.deepEqual(chosen.parked.map((event) => event.position), [4])
})

test('what is to be tried again by itself is looked at less and less often where the browser’s clock is ahead, and soon again once it was tried', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.parse('2026-01-01T01:00:00Z') })
  let retry_at = '2026-01-01T00:00:10Z'
  let reads = 0
  serverAnswers(({ path }) => {
    if (!path.endsWith('/parked')) return page(entry('order', 'OrderPlaced', 'order'))
    reads += 1
    return { body: { parked: [aside(1, 4, { retry_at })] } }
  })
  const chosen = new Chosen(small, () => nobody)
  chosen.choose(1)
  await settled()
  async function pauses(many) {
    const found = []
    while (found.length < many) {
      const before = reads
      let passed = 0
      for (; reads === before; passed += 50) {
        t.mock.timers.tick(50)
        await settled()
      }
      found.push(passed)
    }
    return found
  }
  // Each look waits a moment for what else may have happened.
  assert.deepEqual(await pauses(6), [650, 1150, 2150, 4150, 8150, 10_150])
  retry_at = '2026-01-01T00:00:20Z'
  assert.deepEqual(await pauses(2), [10_150, 650])
  chosen.leave()
})

test('what became of one request’s cancel is not said of another, and is still there when one comes back', async () => {
  serverAnswers(() => ({ status: 409, body: { title: 'Delivered already' } }))
  cancelSending('shop', 7).start({ method: 'DELETE', path: '/shop/orders/7' })
  await settled()
  assert.equal(cancelSending('shop', 8).phase.at, 'idle')
  assert.equal(cancelSending('shop', 7).phase.at, 'refused')
})
