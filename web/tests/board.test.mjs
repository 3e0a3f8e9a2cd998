// The board: what an operator sees of the running system, and does.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { connections, promise, settled } from './support/browser.mjs'
import { serve } from './support/server.mjs'
import { hailed } from './support/taxi.mjs'
import { until } from './support/until.mjs'

let server
before(async () => (server = await serve({ systems: ['taxi'] })))
after(() => server?.stop())

const opened = (windows, options = {}) => windows.open(server, '/taxi/board', { size: 'desk', ...options })

promise('an operator sees each context run, each rule hold, and events pass by as they happen', async (windows) => {
  const page = await opened(windows)
  await page.getByText('All quiet').or(page.getByRole('region', { name: 'Events that just passed' }).getByRole('listitem').first()).waitFor()
  const { id } = await hailed(server, 'Kim')
  await page.getByRole('region', { name: 'Events that just passed' }).getByRole('button', { name: new RegExp(`Payment taken.*#${id}`) }).waitFor()
  const rules = page.getByRole('region', { name: 'Rules that always hold' })
  await rules.getByText('holds', { exact: true }).nth(3).waitFor()
  assert.equal(await page.getByRole('region', { name: 'Contexts' }).getByText('Running').count(), 5)
  await until('it has one live connection', () => connections(page).size === 1)
})

promise('a request is chosen: its log, its states step by step, what remains, and what a cancel would undo', async (windows) => {
  const { id } = await hailed(server, 'Lee')
  const page = await opened(windows)
  await page.getByRole('radio', { name: 'Request', exact: true }).check()
  await page.getByRole('textbox', { name: 'Number of the request' }).fill(String(id))
  await page.getByRole('button', { name: 'Show' }).click()
  await page.getByRole('heading', { name: `Request ${id}` }).waitFor()
  const log = page.getByRole('region', { name: 'Log', exact: true })
  await log.getByRole('button', { name: /Payment taken/ }).waitFor()
  await page.getByText('Nothing is on its way. All has been handled.').waitFor()
  const slider = page.getByRole('slider', { name: 'Up to which event' })
  const last = await slider.getAttribute('aria-valuetext')
  await slider.press('Home')
  await until('the slider is at the first event', async () => (await slider.getAttribute('aria-valuetext')) !== last)
  const undo = page.getByRole('region', { name: 'If it were cancelled now' })
  await undo.getByRole('listitem').first().waitFor()
  await undo.getByRole('button', { name: 'Cancel this request' }).click()
  await undo.getByRole('button', { name: 'Cancel it' }).click()
  await log.getByRole('button', { name: /Refunded/ }).waitFor()
  assert.equal((await server.get(`/taxi/catches/${id}`)).status, 'Cancel')
})

promise('a context that is stopped on the board is seen to be, and what waits for it is named', async (windows) => {
  const page = await opened(windows, { expects: [/a status of 503/] })
  await page.getByRole('radio', { name: 'Faults' }).check()
  const pickup = page.getByRole('switch', { name: /Pickup/ })
  await pickup.click()
  await until('it is stopped', async () => (await server.get('/taxi/operator/contexts')).contexts.some((one) => one.context === 'pickup' && !one.running))
  const { id } = await hailed(server, 'Choi')
  await page.getByRole('radio', { name: 'Request', exact: true }).check()
  await page.getByRole('textbox', { name: 'Number of the request' }).fill(String(id))
  await page.getByRole('button', { name: 'Show' }).click()
  await page.getByText('the context is stopped').first().waitFor()
  await page.getByRole('radio', { name: 'Faults' }).check()
  await page.getByRole('button', { name: 'Put all right' }).click()
  await until('it is listed', () => server.get(`/taxi/catchReqLists/${id}`))
})

const placed = async () => (await server.get('/taxi/catches?size=1')).page.totalElements

/** The storm's card: how many and how fast are chosen, then it begins. */
async function storm(page, number, rate) {
  await page.getByRole('radio', { name: 'Faults' }).check()
  const card = page.getByRole('region', { name: 'Storm of requests' })
  await card.getByRole('group', { name: 'Requests' }).getByRole('radio', { name: number, exact: true }).check()
  await card.getByRole('group', { name: 'Per second' }).getByRole('radio', { name: rate, exact: true }).check()
  await card.getByRole('button', { name: `Send ${number}, ${rate} a second` }).click()
  return card
}

promise('a storm sends as many requests as it says, and says what became of them', async (windows) => {
  const page = await opened(windows)
  const before = await placed()
  const card = await storm(page, '50', '200')
  await card.getByText('50 / 50').waitFor()
  assert.equal(await placed(), before + 50)
  assert.match(await card.getByRole('listitem').filter({ hasText: 'placed' }).innerText(), /\b50$/)
  await card.getByText('p95').waitFor()
})

promise('a storm that is stopped sends no more', async (windows) => {
  const page = await opened(windows)
  const before = await placed()
  // Sent to the end it would take 50 seconds.
  const card = await storm(page, '500', '10')
  await until('some are placed', async () => (await placed()) > before)
  const stop = card.getByRole('button', { name: 'Stop', exact: true })
  await stop.click()
  await stop.waitFor({ state: 'detached' })
  const sent = (await placed()) - before
  assert.ok(sent < 500, `${sent} were sent`)
  await card.getByText(`${sent} / 500`).waitFor()
})

promise('map, ports, list and figures show the same system', async (windows) => {
  const page = await opened(windows)
  for (const [view, shows] of [['Map', 'Who follows whom'], ['Ports', 'Inbound ports'], ['List', 'Published events'], ['Figures', 'The last 15 minutes']]) {
    await page.getByRole('radio', { name: view, exact: true }).check()
    await page.getByText(shows).first().waitFor()
    await settled(page)
  }
})

promise('the drawing is saved as SVG and as Mermaid', async (windows) => {
  const page = await opened(windows)
  for (const [button, ending] of [['Save SVG', '.svg'], ['Save Mermaid', /\.(mmd|mermaid)$/]]) {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()])
    const name = file.suggestedFilename()
    assert.ok(typeof ending === 'string' ? name.endsWith(ending) : ending.test(name), name)
  }
})
