import assert from 'node:assert/strict'
import test, { afterEach, beforeEach, mock } from 'node:test'
import { asked, happens, serverAnswers, settled, sources } from './browser.mjs'
import { live } from '../live.svelte'
import { me } from '../me.svelte'

mock.timers.enable({ apis: ['setTimeout', 'Date'] })
mock.method(Math, 'random', () => 0.5)

const KIM = { mode: 'local', subject: 'kim', roles: ['driver'], signIn: '/sign-in', signOut: '/sign-out', operator: false, sandbox: false }
const NOBODY = { ...KIM, subject: null, roles: [] }
/** Who is signed in, as the server knows it. */
let signedIn = KIM
serverAnswers(({ path }) => (path === '/me' ? { body: signedIn } : {}))

let watched = []
/** The stream that is open now. */
const source = () => sources.at(-1)

function pass(ms) {
  mock.timers.tick(ms)
}

function watch(...paths) {
  const opened = paths.map((path) => live.watch(path))
  watched.push(...opened)
  pass(0)
  return opened
}

function leaveAll() {
  for (const one of watched) live.unwatch(one)
  watched = []
  pass(0)
  pass(0)
}

beforeEach(async () => {
  signedIn = KIM
  await me.learn()
  sources.length = 0
  asked.length = 0
})
afterEach(leaveAll)

function row(watch, id, marks = '') {
  source().says('row', { watch, row: { id } }, marks)
}

test('a connection goes on from the marks of all watches, those of a stream without rows among them', () => {
  const [rides] = watch('/taxi/catches', '/taxi/operator/contexts/catch/events')
  source().opens()
  row(0, 1, '3.a,')
  source().says('current', { watch: 0, whole: true }, '3.a,')
  source().says('current', { watch: 1, whole: false }, '3.a,7.b')
  source().breaks()
  pass(400)
  assert.equal(sources.length, 2)
  assert.deepEqual(source().marks, ['3.a', '7.b'])
  assert.deepEqual(rides.rows, [{ id: 1 }])
})

test('when somebody else signs in nothing of the last one is left, and all is asked for anew', async () => {
  const [rides] = watch('/taxi/catches')
  source().opens()
  row(0, 1, '3.a')
  source().says('current', { watch: 0, whole: true }, '3.a')
  signedIn = { ...KIM, subject: 'lee' }
  await me.learn()
  assert.deepEqual(rides.rows, [])
  assert.equal(rides.isCurrent, false)
  assert.equal(sources.length, 2)
  assert.deepEqual(source().marks, [''])
  signedIn = { ...KIM, subject: 'lee', roles: ['driver', 'operator'] }
  await me.learn()
  assert.equal(sources.length, 3)
  await me.learn()
  assert.equal(sources.length, 3, 'nobody else')
})

test('when a session ends nothing is asked and what is shown stays, with what is typed in it; the same one signed in again goes on from there', async () => {
  const [rides] = watch('/taxi/catches')
  source().opens()
  row(0, 1, '3.a')
  source().says('current', { watch: 0, whole: true }, '3.a')
  signedIn = NOBODY
  await me.learn()
  assert.equal(live.connection, 'signed-out')
  assert.deepEqual(rides.rows, [{ id: 1 }])
  assert.deepEqual([rides.problem?.status, rides.isCurrent], [401, false])
  assert.deepEqual([sources.length, source().readyState], [1, EventSource.CLOSED])
  signedIn = KIM
  await me.learn()
  assert.equal(sources.length, 2)
  assert.deepEqual(source().marks, ['3.a'])
  source().opens()
  source().says('current', { watch: 0, whole: false }, '3.a')
  assert.equal(live.connection, 'live')
  assert.deepEqual([rides.rows, rides.problem], [[{ id: 1 }], null])
})

for (const other of [{ ...KIM, subject: 'lee' }, { ...KIM, roles: ['customer'] }]) {
  test(`after a session has ended ${other.subject} as ${other.roles} sees nothing of what was shown before`, async () => {
    const [rides] = watch('/taxi/catches')
    source().opens()
    row(0, 1, '3.a')
    source().says('current', { watch: 0, whole: true }, '3.a')
    signedIn = NOBODY
    await me.learn()
    signedIn = other
    await me.learn()
    assert.deepEqual(rides.rows, [])
    assert.deepEqual(source().marks, [''])
  })
}

test('a connection that says nothing is opened anew, that one too, and none is called live before it opens', () => {
  watch('/taxi/catches')
  source().opens()
  pass(40_000)
  assert.deepEqual([sources.length, live.connection], [2, 'reconnecting'])
  pass(40_000)
  assert.deepEqual([sources.length, live.connection], [3, 'reconnecting'])
  source().opens()
  assert.equal(live.connection, 'live')
})

test('after a break it is asked who is signed in now', async () => {
  const [rides] = watch('/taxi/catches')
  source().opens()
  row(0, 1, '3.a')
  source().says('current', { watch: 0, whole: true }, '3.a')
  source().breaks()
  signedIn = { ...KIM, subject: 'lee' }
  pass(400)
  source().opens()
  await settled()
  assert.deepEqual(rides.rows, [])
  assert.deepEqual(source().marks, [''])
})

test('where nothing is watched any more nothing is broken', () => {
  watch('/taxi/catches')
  source().opens()
  source().breaks()
  assert.equal(live.connection, 'reconnecting')
  leaveAll()
  assert.equal(live.connection, 'connecting')
})

for (const problem of [{ status: 500 }, { status: 503 }, {}]) {
  test(`a watch with ${JSON.stringify(problem)} is asked for again, less and less often, and often again once it was well`, () => {
    const [sick, well] = watch('/taxi/catches', '/taxi/pickUps')
    const refused = () => {
      source().opens()
      source().says('problem', { watch: 0, problem })
      row(1, 1)
      source().says('current', { watch: 1, whole: true })
      // It lives, however long nothing happens.
      source().says('alive')
    }
    refused()
    assert.deepEqual([sick.problem, sick.isCurrent, well.isCurrent], [problem, false, true])
    const pauses = []
    for (let opened = 1; pauses.length < 6; opened = sources.length) {
      let passed = 0
      for (; sources.length === opened; passed += 1) pass(1000)
      pauses.push(passed)
      refused()
    }
    assert.deepEqual(pauses, [2, 4, 8, 16, 30, 30])
    assert.deepEqual(well.rows, [{ id: 1 }])
    pass(30_000)
    source().opens()
    source().says('current', { watch: 0, whole: true })
    assert.equal(sick.problem, null)
    source().says('problem', { watch: 0, problem })
    const before = sources.length
    pass(2000)
    assert.equal(sources.length, before + 1)
  })
}

test('a time to come back that the server names is kept', () => {
  watch('/taxi/catches', '/taxi/pickUps')
  source().opens()
  source().says('problem', { watch: 0, problem: { status: 429 }, retryAfterS: 9 })
  source().says('problem', { watch: 1, problem: { status: 429 }, retryAfterS: 5 })
  pass(4999)
  assert.equal(sources.length, 1)
  pass(1)
  assert.equal(sources.length, 2)
})

for (const status of [400, 403, 404]) {
  test(`a watch with ${status} is not asked for again`, () => {
    watch('/taxi/catches')
    source().opens()
    source().says('problem', { watch: 0, problem: { status } })
    pass(39_000)
    assert.equal(sources.length, 1)
  })
}

test('of more than twenty watches those beyond say that they are not there, until there is room', () => {
  const all = watch(...Array.from({ length: 21 }, (_, at) => `/taxi/catches?page=${at}`))
  source().opens()
  assert.equal(source().watches.length, 20)
  assert.notEqual(all[20].problem, null)
  live.unwatch(all[3])
  watched = watched.filter((one) => one !== all[3])
  pass(0)
  pass(0)
  assert.ok(source().watches.includes(all[20].path))
  source().opens()
  source().says('current', { watch: 19, whole: true })
  assert.equal(all[20].problem, null)
})

test('a stream that was opened while it was asked why the last one was refused stays', async () => {
  watch('/taxi/catches')
  let answer
  serverAnswers(({ path }) => (path === '/me' ? new Promise((done) => (answer = () => done({ body: KIM }))) : {}))
  source().breaks(true)
  happens('online')
  assert.equal(sources.length, 2)
  source().opens()
  answer()
  await settled()
  serverAnswers(({ path }) => (path === '/me' ? { body: signedIn } : {}))
  assert.notEqual(source().readyState, EventSource.CLOSED)
  assert.equal(live.connection, 'live')
})
