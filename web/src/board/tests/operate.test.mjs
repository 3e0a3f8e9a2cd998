// What operators see: logs that can't be read when the board opens are read again, and each event counts once.
import assert from 'node:assert/strict'
import test, { mock } from 'node:test'
import { asked, serverAnswers, settled, sources } from '../../api/tests/browser.mjs'
import { flushSync, rooted } from '../../api/tests/rooted.svelte'
import { me } from '../../api/me.svelte'
import { useOperating } from '../operate.svelte'
import { board, entry } from './board.mjs'

mock.timers.enable({ apis: ['setTimeout'] })

const OPERATOR = { mode: 'open', subject: null, roles: [], signIn: null, signOut: null, operator: true, sandbox: true }
const small = { ...board, columns: board.columns.filter(({ context }) => context === 'order' || context === 'payment') }
const log = (event) => ({ body: { events: [{ event, kind: event.source, id: 1, state: null }] } })

async function turn(ms = 0) {
  mock.timers.tick(ms)
  flushSync()
  await settled()
  flushSync()
}

function standing(...running) {
  const contexts = ['order', 'payment'].map((context) => ({ context, running: running.includes(context), position: 1, positions: {}, lags: [], ports: [], upstreams: [] }))
  sources.at(-1).says('row', { watch: 0, row: { contexts, broken: [] } })
}

test('a log that can’t be read at first is read once its context runs, and what the stream told meanwhile counts once', async () => {
  const placed = entry('order', 'OrderPlaced', 'order')
  const paid = entry('payment', 'Paid', 'payment')
  let isBusy = true
  serverAnswers(({ path }) => {
    if (path === '/me') return { body: OPERATOR }
    if (path.includes('/payment/events') && isBusy) return { status: 503, body: { reason: 'store' } }
    return log(path.includes('/payment/') ? paid : placed)
  })
  await me.learn()
  const { made: operating, leave } = rooted(() => useOperating(small))
  await turn()
  sources.at(-1).opens()
  standing('order')
  for (const watch of [0, 1, 2]) sources.at(-1).says('current', { watch, whole: true })
  await turn()
  assert.deepEqual(operating.entries.map((one) => one.eventType), ['OrderPlaced'])
  asked.length = 0
  await turn(5000)
  assert.deepEqual(asked, [], 'nothing is asked of a context that is stopped')
  standing('order', 'payment')
  await turn(1000)
  await turn(1000)
  assert.ok(asked.length > 0, 'it is asked again')
  assert.deepEqual(asked.map(({ path }) => path), Array(asked.length).fill('/shop/operator/contexts/payment/events?after=0'))
  isBusy = false
  sources.at(-1).says('row', { watch: 2, row: paid })
  await turn(1000)
  await turn(1000)
  assert.deepEqual(operating.entries.map((one) => one.eventType), ['OrderPlaced', 'Paid'])
  assert.deepEqual([operating.counts.get('event:order:OrderPlaced'), operating.counts.get('event:payment:Paid')], [1, 1])
  leave()
})

test('a log that stays unreadable is asked for less and less often, and soon where its context was stopped in between', async () => {
  serverAnswers(({ path }) => (path === '/me' ? { body: OPERATOR } : path.includes('/payment/events') ? { status: 503, body: { reason: 'store' } } : log(entry('order', 'OrderPlaced', 'order'))))
  await me.learn()
  const { leave } = rooted(() => useOperating(small))
  await turn()
  sources.at(-1).opens()
  standing('order', 'payment')
  for (const watch of [0, 1, 2]) sources.at(-1).says('current', { watch, whole: true })
  await turn()
  await turn()
  async function pauses(many) {
    const found = []
    while (found.length < many) {
      asked.length = 0
      let passed = 0
      for (; asked.length === 0; passed += 1) await turn(1000)
      found.push(passed)
    }
    return found
  }
  assert.deepEqual(await pauses(7), [1, 2, 4, 8, 16, 30, 30])
  standing('order')
  await turn()
  standing('order', 'payment')
  await turn()
  assert.deepEqual(await pauses(2), [1, 2])
  leave()
})
