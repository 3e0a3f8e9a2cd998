// The board: what an operator sees of the running system, and does.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { barriers, connections, promise, sent, settled } from './support/browser.mjs'
import { aside, parkedAt, SOON_ASIDE } from './support/aside.mjs'
import { loseState } from './support/lost.mjs'
import { startPostgres } from './support/postgres.mjs'
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

/** A server whose requests have lost one, so that what a driver does with it is set aside: a first driver's pick, and behind it that they gave it back, and the next one's pick. */
async function forgetful(windows) {
  const server = windows.stopLast(await serve({ systems: ['taxi'], settings: SOON_ASIDE }))
  const { id } = await hailed(server, 'Jung')
  await until('it is listed', () => server.get(`/taxi/catchReqLists/${id}`))
  await server.kill()
  const putBack = loseState(`${server.data}/taxi/catch.db`, 'catch', id)
  await server.start()
  await server.post('/taxi/pickUps', { matchId: id, driver: 'Park' })
  await until('it is not tried by itself any more', async () => (await parkedAt(server))[0]?.parked.attempts === 3)
  await server.must('DELETE', `/taxi/pickUps/${id}`)
  await server.post('/taxi/pickUps', { matchId: id, driver: 'Lee' })
  await until('the others wait behind it', async () => (await parkedAt(server)).length === 3)
  async function mend() {
    await server.kill()
    putBack()
    await server.start()
  }
  return { server, id, mend }
}

promise('an event that is set aside is shown in words with what waits behind it; tried again in vain it is said so, and once its cause is gone all of it goes on', async (windows) => {
  const { server, id, mend } = await forgetful(windows)
  const page = await windows.open(server, '/taxi/board', { size: 'desk', hasAxe: true, expects: [/net::ERR_/, /a status of 503/] })
  // Rules are checked at rest, and this is none.
  await page.getByRole('region', { name: 'Rules that always hold' }).getByText('not checked yet').nth(3).waitFor()
  const card = await aside(page, id)
  const events = card.getByRole('listitem')
  await until('all three are shown', async () => (await events.count()) === 3)
  await events.first().getByText('Driver found').waitFor()
  await events.first().getByText('Not done: Assign').waitFor()
  await events.first().getByText('unknown-catch').waitFor()
  assert.equal(await events.getByText('waits until the one before it is handled').count(), 2)
  assert.equal(await page.getByText('All has been handled').count(), 0)
  assert.deepEqual(await barriers(page), [])
  await card.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('It was tried again, and still can’t be done.').waitFor()
  await events.first().getByText('tries: 4').waitFor()
  await mend()
  await until('the page is connected again', () => connections(page).size === 1)
  await card.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Events handled: 3').waitFor()
  await card.waitFor({ state: 'detached' })
  await page.getByText('Nothing is on its way. All has been handled.').waitFor()
  assert.equal(await page.getByRole('region', { name: 'Log', exact: true }).getByRole('button', { name: /CatchMatched/ }).count(), 2)
  assert.equal((await server.get(`/taxi/catches/${id}`)).status, 'PickupAssigned')
})

promise('who skips what is set aside is asked once more, with what is lost by it, gives a reason, and skips no more than that', async (windows) => {
  const { server, id, mend } = await forgetful(windows)
  await mend()
  const page = await windows.open(server, '/taxi/board', { size: 'desk', theme: 'dark', hasAxe: true, expects: [/net::ERR_FAILED/] })
  const skips = sent(page, 'POST', `/taxi/operator/contexts/catch/parked/${id}/skip`)
  const card = await aside(page, id)
  await card.getByRole('button', { name: 'Skip', exact: true }).click()
  const question = card.getByRole('form', { name: 'If it is skipped, this will never happen:' })
  await question.getByText('Request: Assign (after Driver found)').waitFor()
  const why = question.getByRole('textbox', { name: 'Why it is skipped' })
  await until('the keyboard is at the reason', () => why.evaluate((field) => field === document.activeElement))
  const skip = question.getByRole('button', { name: 'Skip it for good' })
  await skip.click()
  await question.getByText('Please give a reason.').waitFor()
  assert.equal(skips.length, 0)
  assert.deepEqual(await barriers(page), [])
  await why.fill('The first driver was never there')
  await page.reload()
  await (await aside(page, id)).getByRole('button', { name: 'Skip', exact: true }).click()
  assert.equal(await why.inputValue(), 'The first driver was never there', 'what was typed is kept')
  await page.route('**/skip', (route) => route.abort(), { times: 1 })
  await skip.click()
  await card.getByText('It is not known whether it was done.', { exact: false }).waitFor()
  assert.equal(skips.length, 1, 'sent again by itself it might skip the next one')
  await skip.click()
  await card.waitFor({ state: 'detached' })
  await page.getByText('It is skipped.').waitFor()
  assert.equal(skips.length, 2)
  const { events } = await server.get(`/taxi/operator/contexts/catch/events?key=${id}`)
  assert.deepEqual(events.map(({ event }) => [event.eventType, event.driver]), [['CatchRequested', undefined], ['CatchMatched', 'Lee']])
  assert.deepEqual(await parkedAt(server), [])
  assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.includes('draft.skip')).length), 0)
})

promise('what somebody else skipped meanwhile, or what can’t be read, is not skipped: who was asked looks at it again', async (windows) => {
  const { server, id } = await forgetful(windows)
  const page = await windows.open(server, '/taxi/board', { size: 'desk', expects: [/a status of 503/] })
  const path = `/taxi/operator/contexts/catch/parked/${id}/skip`
  const skips = sent(page, 'POST', path)
  const card = await aside(page, id)
  await card.getByRole('button', { name: 'Skip', exact: true }).click()
  await card.getByRole('textbox', { name: 'Why it is skipped' }).fill('The first driver was never there')
  const skip = card.getByRole('button', { name: 'Skip it for good' })
  await page.route('**/contexts/catch/parked', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"status":503}' }))
  await skip.click()
  await card.getByText('What is set aside can’t be read now', { exact: false }).waitFor()
  await page.unroute('**/contexts/catch/parked')
  await server.post(path, { reason: 'By another operator' })
  const places = async () => (await parkedAt(server)).map(({ source, position }) => `${source}@${position}`)
  await until('the next one is not tried by itself any more', async () => {
    const now = await parkedAt(server)
    return now.length < 3 && now.some(({ parked }) => parked.attempts === 3)
  })
  const left = await places()
  await skip.click()
  await card.getByText('It has changed meanwhile.', { exact: false }).waitFor()
  assert.equal(await card.getByText('can’t be read now', { exact: false }).count(), 0)
  assert.equal(skips.length, 0)
  assert.deepEqual(await places(), left)
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

/** What the payment context keeps of its newest group, with its money off by so much. */
const MONEY = "jsonb_set(head::jsonb, '{books,money}', to_jsonb((head::jsonb -> 'books' ->> 'money')::numeric + 8999))::text"

promise('a rule that is broken leads to the request that breaks it', async (windows) => {
  const postgres = windows.stopLast(await startPostgres())
  const spoiled = windows.stopLast(await serve({ systems: ['taxi'], settings: ['postgres.contexts=taxi', `postgres.url=${postgres.url}`] }))
  const ids = []
  for (const customer of ['Kim', 'Lee', 'Han']) ids.push((await hailed(spoiled, customer)).id)
  await until('all is at rest', async () => (await spoiled.rows('/taxi/myPages')).length === 3)
  await spoiled.kill()
  await postgres.sql(`UPDATE taxi_payment.states SET body = replace(body, '9000', '1') WHERE id = ${ids[1]}`)
  await postgres.sql(`UPDATE taxi_payment.groups SET head = ${MONEY} WHERE version = (SELECT max(version) FROM taxi_payment.groups)`)
  await spoiled.start()
  const page = await windows.open(spoiled, '/taxi/board', { size: 'desk' })
  const breaking = page.getByRole('list', { name: 'Requests that break it: money' })
  await breaking.getByRole('button').first().waitFor()
  assert.equal(await breaking.getByRole('listitem').count(), 1)
  await breaking.getByRole('button', { name: `#${ids[1]}` }).click()
  await page.getByRole('heading', { name: `Request ${ids[1]}` }).waitFor()
  await page.close()
})
