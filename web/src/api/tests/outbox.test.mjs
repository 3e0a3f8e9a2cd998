import assert from 'node:assert/strict'
import test, { beforeEach, mock } from 'node:test'
import { asked, keep, kept, serverAnswers, settled } from './browser.mjs'
import { flushSync, rooted } from './rooted.svelte'
import { useOutbox } from '../outbox.svelte'

mock.timers.enable({ apis: ['setTimeout'] })
beforeEach(() => {
  asked.length = 0
  keep('draft.ride', null)
})

function opened(more = () => {}) {
  return rooted(() => {
    const outbox = useOutbox({ name: 'ride', path: '/rides', empty: () => ({ to: '' }), body: ({ to }) => ({ destination: to }) })
    more(outbox)
    return outbox
  })
}

async function places(outbox, to) {
  outbox.draft.to = to
  flushSync()
  outbox.place()
  await settled()
}

test('what was stopped without an answer has the same key when it is placed again', async () => {
  serverAnswers(() => 'lost')
  const { made: outbox, leave } = opened()
  await places(outbox, 'Hongdae')
  outbox.sending.cancel()
  // Whoever tries another text and comes back to the first is not charged twice.
  outbox.draft.to = 'Hongdae, gate 2'
  flushSync()
  await places(outbox, 'Hongdae')
  assert.equal(asked.length, 2)
  assert.equal(asked[1].key, asked[0].key)
  outbox.sending.cancel()
  await places(outbox, 'Yeouido')
  assert.notEqual(asked[2].key, asked[0].key)
  leave()
})

test('what was stopped is not sent by itself after a reload, and keeps its key', async () => {
  serverAnswers(() => 'lost')
  const before = opened()
  await places(before.made, 'Hongdae')
  before.made.sending.cancel()
  before.leave()
  const { made: outbox, leave } = opened()
  await settled()
  assert.equal(asked.length, 1)
  outbox.place()
  await settled()
  assert.equal(asked[1].key, asked[0].key)
  leave()
})

test('after a final answer the same text is another wish', async () => {
  serverAnswers(() => ({ status: 402, body: { title: 'declined' } }))
  const { made: outbox, leave } = opened()
  await places(outbox, 'Hongdae')
  await places(outbox, 'Hongdae')
  assert.notEqual(asked[1].key, asked[0].key)
  leave()
})

test('what was on its way goes out after a reload as it was sent, whatever became of the draft', async () => {
  serverAnswers(() => 'lost')
  keep('draft.ride', { draft: { to: '홍대' }, sent: { key: 'k', body: { destination: 'Hongdae' } } })
  const { made: outbox, leave } = opened((outbox) => {
    // As a form does whose language has changed.
    if (!outbox.sending.isUnderWay) outbox.draft.to = 'changed'
  })
  await settled()
  assert.deepEqual(asked.map(({ key, body }) => [key, body]), [['k', { destination: 'Hongdae' }]])
  assert.equal(outbox.draft.to, '홍대')
  assert.deepEqual(kept('draft.ride').sent, { key: 'k', body: { destination: 'Hongdae' } })
  leave()
})

test('what waits for its sender to sign in goes out by itself, unless it was changed since', async () => {
  serverAnswers(({ path }) => (path === '/me' ? 'lost' : { status: 401 }))
  const first = opened()
  await places(first.made, 'Hongdae')
  first.leave()
  const second = opened()
  await settled()
  const posts = () => asked.filter(({ path }) => path === '/rides')
  assert.deepEqual(posts().map(({ key }) => key), [posts()[0].key, posts()[0].key])
  second.made.draft.to = 'Yeouido'
  flushSync()
  second.leave()
  const third = opened()
  await settled()
  assert.equal(posts().length, 2)
  third.leave()
})
