// What is made from a row counts once, however often the page is left.
import assert from 'node:assert/strict'
import test, { mock } from 'node:test'
import { asked, serverAnswers, settled } from '../../../api/tests/browser.mjs'
import { flushSync, rooted } from '../../../api/tests/rooted.svelte'
import { useCreations } from '../creations.svelte'

mock.timers.enable({ apis: ['setTimeout'] })
const field = (name, kind, more = {}) => ({ name, kind, isRequired: true, isPerson: false, isId: false, words: { ko: name, en: name }, about: '', choices: [], ...more })
const order = {
  bound: 'bookId',
  command: { id: 'order', method: 'POST', path: '/orders', collection: 'orders', isOnRow: false, fields: [field('bookId', 'whole', { isId: true }), field('qty', 'whole', { example: 2 }), field('customer', 'text', { isPerson: true })] },
}
const end = { bound: 'bookId', command: { ...order.command, id: 'end', path: '/orders/end' } }

function opened(done = () => {}) {
  const { made, leave } = rooted(() => useCreations('shop', [order, end, { bound: null, command: { ...order.command, id: 'cancel', isOnRow: true } }], 'Kim', done))
  return { creations: made, creation: made.get('order'), leave }
}

test('only what makes something new from a row is kept', () => {
  const { creations, leave } = opened()
  assert.deepEqual([...creations.keys()], ['order'])
  leave()
})

test('what was on its way from a row when the page was left goes on with the same key, and a second touch is none', async () => {
  serverAnswers(() => 'lost')
  const before = opened()
  assert.equal(before.creation.draft.qty, '2')
  before.creation.make(7, { ...before.creation.draft })
  before.creation.make(8, { qty: '1' })
  await settled()
  assert.equal(before.creation.of(7)?.phase.at, 'waiting')
  assert.equal(before.creation.of(8), undefined)
  before.leave()

  let made = 0
  serverAnswers(() => ({ status: 201, body: { id: 1 } }))
  const after = opened(() => (made += 1))
  await settled()
  assert.equal(made, 1)
  assert.deepEqual(
    asked.map(({ path, body }) => ({ path, body })),
    [1, 2].map(() => ({ path: '/shop/orders', body: { bookId: 7, qty: 2, customer: 'Kim' } })),
  )
  assert.ok(asked[0].key)
  assert.equal(asked[1].key, asked[0].key)
  after.creation.make(7, { qty: '2' })
  flushSync()
  await settled()
  assert.notEqual(asked[2].key, asked[0].key, 'the same once more is another one')
  after.leave()
})
