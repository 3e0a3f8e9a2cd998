import assert from 'node:assert/strict'
import test, { beforeEach, mock } from 'node:test'
import { asked, serverAnswers, settled } from './browser.mjs'
import { Sending } from '../sending.svelte'

mock.timers.enable({ apis: ['setTimeout'] })
beforeEach(() => (asked.length = 0))

const pick = (matchId) => ({ method: 'POST', path: '/taxi/pickUps', body: { matchId } })

test('a wish that was stopped is the same one when it is sent again, another is not', async () => {
  serverAnswers(() => 'lost')
  const sending = new Sending()
  for (const id of [1, 1, 2]) {
    sending.start(pick(id))
    await settled()
    sending.cancel()
  }
  assert.equal(asked[1].key, asked[0].key)
  assert.notEqual(asked[2].key, asked[0].key)
})

test('after the last word the same once more is a second wish', async () => {
  serverAnswers(() => ({}))
  const sending = new Sending()
  for (const id of [1, 1]) {
    sending.start(pick(id))
    await settled()
  }
  assert.notEqual(asked[1].key, asked[0].key)
})
