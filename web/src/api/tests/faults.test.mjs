import assert from 'node:assert/strict'
import test from 'node:test'
import { asked, serverAnswers, settled } from './browser.mjs'
import { flushSync, rooted } from './rooted.svelte'
import { Running } from './running.svelte'
import { Faults } from '../faults.svelte'
import { areProcesses } from '../processes'

function made(running) {
  const { made: faults } = rooted(() => new Faults('taxi', () => running))
  return faults
}

test('what was asked for counts until the services say so themselves', async () => {
  serverAnswers(() => ({}))
  const services = new Running({ catch: true })
  const { made: faults } = rooted(() => new Faults('taxi', () => services.now))
  await faults.setRunning('catch', false)
  assert.equal(faults.isUp('catch'), false)
  assert.deepEqual(faults.stopped, ['catch'])
  services.now = { catch: false }
  flushSync()
  services.now = { catch: true }
  flushSync()
  assert.equal(faults.isUp('catch'), true, 'somebody else has started it')
})

test('putting all right touches only what is wrong', async () => {
  const faults = made({ catch: false, payment: true })
  serverAnswers(() => ({}))
  asked.length = 0
  await faults.clear()
  assert.deepEqual(asked.map(({ path, body }) => [path, body]), [['/taxi/sandbox/contexts/catch', { running: true }]])
  assert.equal(faults.isUnwell, false)
})

test('a switch that did not turn is said, also where the others did', async () => {
  const faults = made({ catch: false, pickup: false })
  serverAnswers(({ path }) => (path.endsWith('/catch') ? { status: 500 } : settled().then(() => ({}))))
  await faults.clear()
  assert.equal(faults.hasFailed, true)
  assert.equal(faults.isUp('catch'), false)
})

const PLACED = [
  { running: true, ports: [{ port: 'events of other contexts', adapter: 'their logs, over HTTP' }, { port: 'store', adapter: 'in another process' }] },
  { running: true, ports: [{ port: 'events of other contexts', adapter: 'their logs, over HTTP' }, { port: 'store', adapter: 'Postgres' }] },
]
const ALONE = [{ running: true, ports: [{ port: 'events of other contexts', adapter: 'their logs, in place' }, { port: 'store', adapter: 'SQLite' }] }]

test('services that are processes of their own are known by the ports of their status', () => {
  assert.deepEqual([areProcesses(PLACED), areProcesses(ALONE), areProcesses([])], [true, false, false])
})

test('what nobody can start from here is not put right from here', async () => {
  const { made: faults } = rooted(() => new Faults('taxi', () => ({ catch: false }), () => false))
  assert.deepEqual([faults.isUp('catch'), faults.stopped, faults.isUnwell], [false, [], false])
})
