// The pages at a gateway, before services that are processes of their own: one address, whichever process has what is shown.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { aside, parkedAt, SOON_ASIDE } from './support/aside.mjs'
import { connections, promise, sent, settled } from './support/browser.mjs'
import { serveBehindGateway } from './support/gateway.mjs'
import { startPostgres } from './support/postgres.mjs'
import { provide } from './support/provider.mjs'
import { freePort } from './support/server.mjs'
import { atProvider, fillIn, LOCAL, oidcOf } from './support/sign-in.mjs'
import { stopped } from './support/stopped.mjs'
import { driver, hailed, passenger } from './support/taxi.mjs'
import { until } from './support/until.mjs'

/** The contexts of each process. */
const PROCESSES = { requests: ['catch', 'payment'], pickups: ['pickup'], pages: ['mypage', 'message'] }
const REFUSED = /a status of 401/
// Of a service that is down.
const UNAVAILABLE = /the server responded with a status of 503/

const BEFORE_MS = 120_000

let postgres, stack, server
before(
  async () => {
    postgres = await startPostgres()
    stack = await serveBehindGateway('taxi', PROCESSES, { postgres, settings: SOON_ASIDE })
    server = stack.gateway
  },
  { timeout: BEFORE_MS },
)
after(async () => {
  await stack?.stop()
  await postgres?.stop()
})

const ownIds = async (customer) => (await server.rows(`/taxi/catches?customer=${customer}`)).map((row) => row.id)
const customer = (windows, name, options = {}) => windows.open(server, '/taxi/pages/customer', { names: { customer: name }, ...options })
const taxi = (windows, name, options = {}) => windows.open(server, '/taxi/pages/driver', { names: { 'taxi.driver': name }, ...options })
/** What only the owner of a context answers, by the process that has it. */
const OWNED = { requests: '/taxi/operator/contexts/catch/parked', pickups: '/taxi/operator/contexts/pickup/parked' }

/** Meanwhile none of the contexts of the process of that name is anywhere. */
async function killed(name, body) {
  const process = stack.processes[name]
  await process.kill()
  try {
    await body()
  } finally {
    await process.start()
    await until('the gateway has found it again', () => server.get(OWNED[name]))
  }
}

const allRun = (board) => until('all run', async () => (await board.getByRole('region', { name: 'Contexts' }).getByText('Running').count()) === 5)
/** Of the contexts, in their order on the board. */
const epochs = async (board) => (await board.getByRole('region', { name: 'Contexts' }).getByText(/ · epoch /).allTextContents()).map((owner) => Number(/epoch (\d+)/.exec(owner)[1]))
const hasOne = (page) => until('it has one live connection', () => connections(page).size === 1)

promise('the door and a stage open at the gateway, each with one live connection at most', async (windows) => {
  const page = await windows.open(server, '/', { size: 'desk', names: { customer: 'Kim', 'taxi.driver': 'Park' } })
  await page.getByRole('link', { name: /Taxi/ }).first().click()
  await page.getByRole('region', { name: 'Services' }).getByText('Running').nth(4).waitFor()
  await settled(page)
  // Nobody stops a process from a page.
  await page.getByRole('radio', { name: 'Normal' }).waitFor({ state: 'attached' })
  assert.equal(await page.getByRole('switch').count(), 0)
  await hasOne(page)
})

promise('a customer hails and a driver on another phone picks up, live, each asked of another process', async (windows) => {
  const kim = await customer(windows, 'Kim')
  const park = await taxi(windows, 'Park')
  await settled(park)
  await hasOne(park)
  await passenger(kim).to.fill('The gate')
  await passenger(kim).hail.click()
  await passenger(kim).requests.getByText('Finding a driver').waitFor()
  await driver(park).pick('Gangnam', 'The gate').click()
  await park.getByText('It is yours').waitFor()
  await passenger(kim).requests.getByText('Driver Park').waitFor()
  await hasOne(kim)
  assert.equal(await passenger(kim).requests.getByRole('article').count(), 1)
})

promise('the board at the gateway shows services of other processes, their events as they happen, and one request through all logs', async (windows) => {
  const page = await windows.open(server, '/taxi/board', { size: 'desk' })
  await allRun(page)
  const rules = page.getByRole('region', { name: 'Rules that always hold' })
  assert.deepEqual([await rules.getByText('not checked here').count(), await rules.getByText('holds', { exact: true }).count()], [4, 1], 'one rule has that name')
  const owners = page.getByRole('region', { name: 'Contexts' }).getByText(/^127\.0\.0\.1:\d+ · epoch \d+ · 1 of 1 replicas ready$/)
  await until('each has its owner', async () => (await owners.count()) === 5)
  assert.equal(new Set((await owners.allTextContents()).map((owner) => owner.split(' ')[0])).size, 3, 'as many as there are processes')
  const { id } = await hailed(server, 'Lee')
  await page.getByRole('region', { name: 'Events that just passed' }).getByRole('button', { name: new RegExp(`Payment taken.*#${id}`) }).click()
  await page.getByRole('heading', { name: `Request ${id}` }).waitFor()
  const log = page.getByRole('region', { name: 'Log', exact: true })
  for (const [event, service] of [['Money held', 'Payment'], ['Taxi requested', 'Request'], ['RequestListed', 'Pickup'], ['Message sent', 'Messages']]) {
    await log.getByRole('button', { name: new RegExp(`${event}.*${service}`) }).waitFor()
  }
  await page.getByText('Nothing is on its way. All has been handled.').waitFor()
  await page.getByText('The way it went').waitFor()
  await hasOne(page)
  await page.getByRole('radio', { name: 'Faults' }).check()
  await page.getByText('Here each service is a process of its own').waitFor()
  assert.equal(await page.getByRole('switch').count(), 0)
  await page.getByRole('radio', { name: 'Ports', exact: true }).check()
  await until('each keeps its log elsewhere', async () => (await page.getByText('in another process').count()) === 5)
})

promise('a service whose process is killed is said to be stopped; its page goes on by itself once it is back, and nothing is there twice', async (windows) => {
  const expects = [UNAVAILABLE]
  const board = await windows.open(server, '/taxi/board', { size: 'desk', expects })
  const choi = await taxi(windows, 'Choi', { expects })
  const jung = await customer(windows, 'Jung', { expects })
  await allRun(board)
  const before = await epochs(board)
  await settled(choi)
  const said = stopped(choi)
  await killed('pickups', async () => {
    await said.waitFor()
    await passenger(jung).to.fill('The harbour')
    await passenger(jung).hail.click()
    await passenger(jung).requests.getByText('Finding a driver').waitFor()
    await board.getByRole('region', { name: 'Contexts' }).getByText('Stopped').waitFor()
  })
  await driver(choi).pick('Gangnam', 'The harbour').waitFor()
  await said.waitFor({ state: 'detached' })
  assert.equal(await driver(choi).pick('Gangnam', 'The harbour').count(), 1)
  await driver(choi).pick('Gangnam', 'The harbour').click()
  await choi.getByText('It is yours').waitFor()
  await passenger(jung).requests.getByText('Driver Choi').waitFor()
  assert.equal(await passenger(jung).requests.getByRole('article').count(), 1)
  await allRun(board)
  await until('another life of the process owns it', async () => (await epochs(board)).join() === before.map((epoch, at) => (at === 1 ? epoch + 1 : epoch)).join())
})

promise('a request that is placed while its service is down waits with one key, and is placed once', async (windows) => {
  const han = await customer(windows, 'Han', { expects: [UNAVAILABLE] })
  await han.getByText('No taxi hailed yet').waitFor()
  const posts = sent(han, 'POST', '/taxi/catches')
  await killed('requests', async () => {
    await passenger(han).hail.click()
    await han.getByText(/^Trying again in \d+ s$/).waitFor()
  })
  await passenger(han).requests.getByText('Finding a driver').waitFor()
  const keys = new Set(posts.map((headers) => headers['idempotency-key']))
  assert.ok(posts.length >= 2 && keys.size === 1 && !keys.has(undefined), [...keys].join())
  assert.equal((await ownIds('Han')).length, 1)
})

/** What the requests know of one of them, while their process does not run. */
const known = (id) => postgres.sql(`SELECT body FROM taxi_catch.states WHERE id = ${id}`)
const know = (id, body) => postgres.sql(`UPDATE taxi_catch.states SET body = '${body}' WHERE id = ${id}`)

promise('what another process has set aside is listed at the gateway, and tried again from there', async (windows) => {
  const { id } = await hailed(server, 'Oh')
  await until('it is listed', () => server.get(`/taxi/catchReqLists/${id}`))
  const body = await known(id)
  await killed('requests', () => know(id, '"new"'))
  await server.post('/taxi/pickUps', { matchId: id, driver: 'Park' })
  await until('it is not tried by itself any more', async () => (await parkedAt(server))[0]?.parked.attempts === 3)
  await killed('requests', () => know(id, body))
  const page = await windows.open(server, '/taxi/board', { size: 'desk' })
  const card = await aside(page, id)
  await card.getByText('Not done: Assign').waitFor()
  await card.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Events handled: 1').waitFor()
  await card.waitFor({ state: 'detached' })
  assert.equal((await server.get(`/taxi/catches/${id}`)).status, 'PickupAssigned')
})

promise('who signs in at the gateway finds their own there, whichever process has it, and no more than their roles may see', async (windows) => {
  const { gateway } = windows.stopLast(await serveBehindGateway('taxi', PROCESSES, { settings: LOCAL }))
  const kim = await windows.open(gateway, '/taxi/pages/customer', { expects: [REFUSED] })
  await kim.getByText('Please sign in').waitFor()
  await kim.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await fillIn(kim, 'kim', 'customer')
  await passenger(kim).hail.click()
  await passenger(kim).requests.getByText('Finding a driver').waitFor()
  const park = await windows.open(gateway, '/sign-in?return=/taxi/pages/driver')
  await fillIn(park, 'park', 'driver')
  await driver(park).open.getByRole('listitem').first().getByRole('button').click()
  await park.getByText('It is yours').waitFor()
  await passenger(kim).requests.getByText('Driver park').waitFor()
  await hasOne(kim)
  const lee = await windows.open(gateway, '/sign-in?return=/taxi/pages/customer')
  await fillIn(lee, 'lee', 'customer')
  await lee.getByText('No taxi hailed yet').waitFor()
  await lee.goto(`${gateway.url}/taxi/board`)
  await lee.getByText('The live state is for operators').waitFor()
  const ann = await windows.open(gateway, '/sign-in?return=/taxi/board', { size: 'desk' })
  await fillIn(ann, 'ann', 'operator')
  await allRun(ann)
  await ann.getByRole('region', { name: 'Events that just passed' }).getByRole('button', { name: /Driver found/ }).click()
  await ann.getByRole('region', { name: 'Log', exact: true }).getByRole('button', { name: /CatchMatched/ }).waitFor()
  await kim.getByRole('button', { name: 'Sign out' }).click()
  await kim.getByRole('link', { name: 'Sign in' }).first().waitFor()
  assert.equal(await kim.getByText('Driver park').count(), 0)
})

promise('a provider of identities leads back to the gateway, and the processes behind it know who asks', async (windows) => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const provider = windows.stopLast(await provide(`${url}/sign-in/back`))
  const { gateway } = windows.stopLast(await serveBehindGateway('taxi', PROCESSES, { settings: oidcOf(provider, url), port }))
  const page = await windows.open(gateway, '/taxi/pages/customer', { expects: [REFUSED], others: [provider.issuer] })
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await atProvider(page, 'kim.customer')
  await passenger(page).hail.click()
  await passenger(page).requests.getByText('Finding a driver').waitFor()
  assert.equal(page.url(), `${url}/taxi/pages/customer`)
  await hasOne(page)
})
