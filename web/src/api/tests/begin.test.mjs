import assert from 'node:assert/strict'
import test, { mock } from 'node:test'
import { asked, serverAnswers, settled } from './browser.mjs'
import { learnFirst } from '../ask'
import { me } from '../me.svelte'
import { systems } from '../systems.svelte'

mock.timers.enable({ apis: ['setTimeout'] })

test('who one is is asked with growing pauses until the server says it, and that it is missing is known', async () => {
  serverAnswers(() => ({ status: 502 }))
  void learnFirst(() => me.learn())
  await settled()
  assert.equal(me.isMissing, true)
  for (const pause of [1, 2, 4, 8, 10, 10]) {
    const before = asked.length
    mock.timers.tick(pause * 1000 - 1)
    await settled()
    assert.equal(asked.length, before)
    mock.timers.tick(1)
    await settled()
    assert.equal(asked.length, before + 1, `after ${pause} s`)
  }
  serverAnswers(() => ({ body: { mode: 'open', subject: null, roles: [] } }))
  mock.timers.tick(10_000)
  await settled()
  assert.deepEqual([me.isMissing, me.now?.mode], [false, 'open'])
  const before = asked.length
  mock.timers.tick(60_000)
  await settled()
  assert.equal(asked.length, before)
})

test('once known, a request that fails makes nobody missing', async () => {
  serverAnswers(() => 'lost')
  assert.equal(await me.learn(), false)
  assert.deepEqual([me.isMissing, me.now?.mode], [false, 'open'])
})

test('a server that is back is reachable', async () => {
  serverAnswers(() => 'lost')
  await systems.learnReady()
  assert.equal(systems.isUnreachable, true)
  serverAnswers(() => ({ status: 503, body: { systems: { taxi: false } } }))
  await systems.learnReady()
  assert.deepEqual([systems.isUnreachable, systems.ready], [false, { taxi: false }])
})
