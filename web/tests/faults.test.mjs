// What people see when payment, a service, the server or their own connection fails, and that nothing is lost or done twice.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { promise, sent } from './support/browser.mjs'
import { lockStore } from './support/lock.mjs'
import { freePort, inParallel, serve } from './support/server.mjs'
import { stopped } from './support/stopped.mjs'
import { driver, hailed, passenger } from './support/taxi.mjs'
import { until } from './support/until.mjs'

const UNAVAILABLE = /the server responded with a status of 503/
const GONE = /net::ERR_/

let server
before(async () => (server = await serve({ systems: ['taxi'] })))
after(() => server?.stop())

const ownIds = async (customer) => (await server.rows(`/taxi/catches?customer=${customer}`)).map((row) => row.id)

promise('a declined payment is said politely, costs nothing, and can be tried again', async (windows) => {
  const kim = await windows.open(server, '/taxi/pages/customer', { names: { customer: 'Kim' }, expects: [/a status of 402/] })
  await server.payment('taxi', 'decline')
  await passenger(kim).hail.click()
  await kim.getByText('The payment was declined', { exact: true }).waitFor()
  await kim.getByText('Nothing was charged.', { exact: false }).waitFor()
  await kim.getByText('No taxi hailed yet').waitFor()
  assert.deepEqual(await ownIds('Kim'), [])
  await server.payment('taxi', 'approve')
  await passenger(kim).hail.click()
  await passenger(kim).requests.getByText('Finding a driver').waitFor()
  await kim.getByText('The payment was declined').waitFor({ state: 'detached' })
})

promise('while payment is down the page counts down, asks again with the same key, and goes on by itself when it is back', async (windows) => {
  const lee = await windows.open(server, '/taxi/pages/customer', { names: { customer: 'Lee' }, expects: [UNAVAILABLE] })
  const posts = sent(lee, 'POST', '/taxi/catches')
  await server.payment('taxi', 'down')
  await passenger(lee).hail.click()
  await lee.getByText('Payment is busy right now').waitFor()
  await lee.getByText(/^Trying again in \d+ s$/).waitFor()
  assert.ok(await passenger(lee).from.isDisabled(), 'what is on its way is not changed')
  await until('it asked again', () => posts.length >= 2)
  assert.deepEqual(await ownIds('Lee'), [])
  await server.payment('taxi', 'approve')
  await passenger(lee).requests.getByText('Finding a driver').waitFor()
  const keys = new Set(posts.map((headers) => headers['idempotency-key']))
  assert.ok(keys.size === 1 && !keys.has(undefined), [...keys].join())
  assert.equal((await ownIds('Lee')).length, 1)
})

promise('who waits for payment may stop, and a reload goes on waiting', async (windows) => {
  const choi = await windows.open(server, '/taxi/pages/customer', { names: { customer: 'Choi' }, expects: [UNAVAILABLE] })
  const posts = sent(choi, 'POST', '/taxi/catches')
  await server.payment('taxi', 'down')
  await passenger(choi).hail.click()
  await choi.getByText('Payment is busy right now').waitFor()
  await choi.reload()
  await choi.getByText('Payment is busy right now').waitFor()
  assert.equal(new Set(posts.map((headers) => headers['idempotency-key'])).size, 1)
  await choi.getByRole('button', { name: 'Stop trying' }).click()
  await choi.getByText('Payment is busy right now').waitFor({ state: 'detached' })
  await server.payment('taxi', 'approve')
  await passenger(choi).hail.click()
  await passenger(choi).requests.getByText('Finding a driver').waitFor()
  assert.equal((await ownIds('Choi')).length, 1)
})

promise('an outcome that nobody knows is said as one, and found out', async (windows) => {
  const slow = windows.stopLast(await serve({ systems: ['taxi'], settings: ['http.request_timeout_ms=1000', 'http.outcome_wait_ms=0'] }))
  const han = await windows.open(slow, '/taxi/pages/customer', { names: { customer: 'Han' }, expects: [UNAVAILABLE] })
  const posts = sent(han, 'POST', '/taxi/catches')
  const lock = await lockStore(`${slow.data}/taxi/catch.db`)
  await passenger(han).hail.click()
  await han.getByText('We don’t know yet whether it went through').waitFor()
  await lock.release()
  await passenger(han).requests.getByText('Finding a driver').waitFor()
  assert.equal(new Set(posts.map((headers) => headers['idempotency-key'])).size, 1)
  assert.equal((await slow.rows('/taxi/catches')).length, 1)
})

promise('a service that is stopped on the stage says so, and once it is started the request gets through once', async (windows) => {
  const stage = await windows.open(server, '/taxi/', { size: 'desk', names: { customer: 'Jung', 'taxi.driver': 'Park' }, expects: [UNAVAILABLE] })
  const pickup = stage.getByRole('switch', { name: /Pickup/ })
  await until('it runs', () => pickup.getByText('Running').isVisible())
  await pickup.click()
  await pickup.getByText('Stopped').waitFor()
  await until('the server says so, too', async () => (await server.get('/taxi/operator/contexts')).contexts.some((one) => one.context === 'pickup' && !one.running))
  const said = stopped(stage)
  await said.first().waitFor()
  await passenger(stage).hail.click()
  await passenger(stage).requests.getByText('Finding a driver').waitFor()
  const [id] = await ownIds('Jung')
  assert.equal(await driver(stage).pick('Gangnam', 'Seoul Station').count(), await listedBefore(stage, id))
  await pickup.click()
  await pickup.getByText('Running').waitFor()
  await until('nothing is called stopped any more', async () => (await said.count()) === 0)
  await until('it is listed', async () => (await server.rows('/taxi/catchReqLists')).filter((row) => row.id === id).length === 1)
  const rows = (await server.rows('/taxi/catchReqLists')).length
  await until('the driver sees it', async () => (await driver(stage).open.getByRole('listitem').count()) === rows)
})

/** How many of the same ride the driver was shown before `id` was placed. */
async function listedBefore(page, id) {
  const earlier = await server.rows('/taxi/catches')
  return earlier.filter((row) => row.id !== id && row.status === 'approve' && row.startingPoint === 'Gangnam' && row.destination === 'Seoul Station').length
}

promise('a server that is killed under open pages and comes back is found again: no row is missing, none is there twice', async (windows) => {
  const port = await freePort()
  const mortal = windows.stopLast(await serve({ systems: ['taxi'], port }))
  const expects = [UNAVAILABLE, GONE]
  await inParallel(12, (at) => hailed(mortal, 'Song', { price: 1000 + at }))
  const park = await windows.open(mortal, '/taxi/pages/driver', { names: { 'taxi.driver': 'Park' }, expects })
  const song = await windows.open(mortal, '/taxi/pages/customer', { names: { customer: 'Song' }, expects })
  await until('all are shown', async () => (await driver(park).open.getByRole('listitem').count()) === 12)
  await passenger(song).requests.getByText('Finding a driver').nth(11).waitFor()
  await mortal.kill()
  await park.getByText('Reconnecting. What you see is from a moment ago.').waitFor()
  await passenger(song).hail.click()
  await song.getByText('No connection').waitFor()
  await mortal.start()
  await inParallel(3, (at) => hailed(mortal, 'Song', { price: 2000 + at }))
  const listed = await until('all have come through', async () => {
    const rows = await mortal.rows('/taxi/catchReqLists')
    return rows.length === 16 ? rows : null
  })
  const amounts = listed.map((row) => row.price).sort((a, b) => a - b)
  const shown = async () => (await driver(park).open.locator('.money').allTextContents()).map((text) => Number(text.replace(/\D/g, ''))).sort((a, b) => a - b)
  await until('the page shows what is listed', async () => JSON.stringify(await shown()) === JSON.stringify(amounts))
  await park.getByText('Reconnecting').waitFor({ state: 'detached' })
  await passenger(song).requests.getByText('Finding a driver').nth(15).waitFor()
  assert.equal(await passenger(song).requests.getByRole('article').count(), 16)
})

promise('offline the page keeps what was typed, says so, and goes on by itself', async (windows) => {
  const yoon = await windows.open(server, '/taxi/pages/customer', { names: { customer: 'Yoon' }, expects: [GONE] })
  const { to, hail, requests } = passenger(yoon)
  await yoon.getByText('No taxi hailed yet').waitFor()
  await yoon.context().setOffline(true)
  await yoon.getByText('You are offline. What you typed is kept, and all goes on by itself.').waitFor()
  await to.fill('The blue house')
  await hail.click()
  await yoon.getByText('Your request is kept in this browser.', { exact: false }).waitFor()
  assert.equal(await to.inputValue(), 'The blue house')
  await yoon.context().setOffline(false)
  await requests.getByText('The blue house').waitFor()
  await yoon.getByText('You are offline').waitFor({ state: 'detached' })
  assert.equal((await ownIds('Yoon')).length, 1)
})
