// The pages at a gateway, before services that are processes of their own: one address, whichever process has what is shown.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { connections, promise, sent, settled } from './support/browser.mjs'
import { serveBehindGateway } from './support/gateway.mjs'
import { driver, hailed, passenger } from './support/taxi.mjs'
import { until } from './support/until.mjs'

const UNAVAILABLE = /the server responded with a status of 503/
const STOPPED = 'This service is stopped for the moment'

let stack, server
before(async () => {
  stack = await serveBehindGateway('taxi', { requests: ['catch', 'payment'], pickups: ['pickup'], pages: ['mypage', 'message'] })
  server = stack.gateway
})
after(() => stack?.stop())

const ownIds = async (customer) => (await server.rows(`/taxi/catches?customer=${customer}`)).map((row) => row.id)
const customer = (windows, name, options = {}) => windows.open(server, '/taxi/pages/customer', { names: { customer: name }, ...options })
const taxi = (windows, name, options = {}) => windows.open(server, '/taxi/pages/driver', { names: { 'taxi.driver': name }, ...options })
/** Meanwhile none of the process's contexts is anywhere. */
async function killed(process, body) {
  await process.kill()
  try {
    await body()
  } finally {
    await process.start()
  }
}

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
  await until('all run', async () => (await page.getByRole('region', { name: 'Contexts' }).getByText('Running').count()) === 5)
  const rules = page.getByRole('region', { name: 'Rules that always hold' })
  assert.deepEqual([await rules.getByText('not checked here').count(), await rules.getByText('holds', { exact: true }).count()], [4, 1], 'one rule has that name')
  await page.getByText('Of services in other processes only this is known here').waitFor()
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
  await until('all run', async () => (await board.getByRole('region', { name: 'Contexts' }).getByText('Running').count()) === 5)
  await settled(choi)
  const said = choi.getByText(STOPPED).filter({ visible: true })
  await killed(stack.processes.pickups, async () => {
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
  await until('the board says that it runs', async () => (await board.getByRole('region', { name: 'Contexts' }).getByText('Running').count()) === 5)
})

promise('a request that is placed while its service is down waits with one key, and is placed once', async (windows) => {
  const han = await customer(windows, 'Han', { expects: [UNAVAILABLE] })
  await han.getByText('No taxi hailed yet').waitFor()
  const posts = sent(han, 'POST', '/taxi/catches')
  await killed(stack.processes.requests, async () => {
    await passenger(han).hail.click()
    await han.getByText(/^Trying again in \d+ s$/).waitFor()
  })
  await passenger(han).requests.getByText('Finding a driver').waitFor()
  const keys = new Set(posts.map((headers) => headers['idempotency-key']))
  assert.ok(posts.length >= 2 && keys.size === 1 && !keys.has(undefined), [...keys].join())
  assert.equal((await ownIds('Han')).length, 1)
})
