// What is done to a row with a touch counts once, also where somebody stopped it and touches again.
import assert from 'node:assert/strict'
import test, { mock } from 'node:test'
import { asked, serverAnswers, settled } from './browser.mjs'
import { Deeds } from '../deeds.svelte'

mock.timers.enable({ apis: ['setTimeout'] })

test('a touch that was stopped has the same key when it is made again, and each touch hears how it ended', async () => {
  serverAnswers(() => 'lost')
  const deeds = new Deeds()
  const ends = []
  const touch = () => deeds.do(1, { method: 'POST', path: '/taxi/pickUps', body: { matchId: 1 } }, (phase) => ends.push(phase.at))
  touch()
  await settled()
  touch()
  assert.equal(asked.length, 1, 'a second touch while one is under way is none')
  deeds.of(1).cancel()
  assert.equal(deeds.phase(1), 'idle')
  serverAnswers(() => ({ status: 201, body: {} }))
  touch()
  await settled()
  assert.deepEqual([asked.length, ends], [2, ['idle', 'done']])
  assert.ok(asked[0].key)
  assert.equal(asked[1].key, asked[0].key)
})
