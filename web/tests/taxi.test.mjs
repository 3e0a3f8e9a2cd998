// Taxi: a passenger and drivers, each on a phone of their own.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { promise } from './support/browser.mjs'
import { serve } from './support/server.mjs'
import { driver, hailed, passenger } from './support/taxi.mjs'
import { until } from './support/until.mjs'

let server
before(async () => (server = await serve({ systems: ['taxi'] })))
after(() => server?.stop())

promise('a passenger hails with one touch, and a driver on another phone picks the request up without reloading', async (windows) => {
  const kim = await windows.open(server, '/taxi/pages/customer', { names: { customer: 'Kim' } })
  const park = await windows.open(server, '/taxi/pages/driver', { names: { 'taxi.driver': 'Park' } })
  await park.getByText('Nobody is waiting').waitFor()
  await passenger(kim).hail.click()
  await passenger(kim).requests.getByText('Finding a driver').waitFor()
  await driver(park).pick('Gangnam', 'Seoul Station').click()
  await park.getByText('It is yours').waitFor()
  await passenger(kim).requests.getByText('Driver found').first().waitFor()
  await passenger(kim).requests.getByText('Driver Park').waitFor()
  await driver(park).look('My passengers')
  await driver(park).mine.getByText('Passenger Kim').waitFor()
  const [only, ...more] = await server.rows('/taxi/catches?customer=Kim')
  assert.deepEqual([only.status, more.length], ['PickupAssigned', 0])
})

promise('a passenger writes another ride at another price, and pays that price', async (windows) => {
  const lee = await windows.open(server, '/taxi/pages/customer', { names: { customer: 'Lee' } })
  const { from, to, price, hail, requests } = passenger(lee)
  await from.fill('우리 집 앞 골목')
  await to.click()
  await lee.getByRole('button', { name: 'Jamsil' }).click()
  await price.fill('12345')
  await lee.getByRole('button', { name: 'Hail a taxi for ₩12,345' }).waitFor()
  await hail.click()
  await requests.getByText('Finding a driver').waitFor()
  const [row] = await server.rows('/taxi/catches?customer=Lee')
  assert.deepEqual([row.startingPoint, row.destination, row.price], ['우리 집 앞 골목', 'Jamsil', 12345])
})

promise('a passenger cancels, is refunded, and the driver who came is told', async (windows) => {
  const { id } = await hailed(server, 'Choi', { startingPoint: 'Seongsu' })
  const park = await windows.open(server, '/taxi/pages/driver', { names: { 'taxi.driver': 'Jung' } })
  const choi = await windows.open(server, '/taxi/pages/customer', { names: { customer: 'Choi' } })
  await driver(park).pick('Seongsu', 'Hongdae').click()
  await driver(park).look('My passengers')
  await driver(park).mine.getByText('Passenger Choi').waitFor()
  const request = passenger(choi).request(id)
  await request.getByText('Driver found').first().waitFor()
  await request.getByRole('button', { name: 'Cancel request' }).click()
  await request.getByText('all of ₩9,000 is refunded').waitFor()
  await request.getByRole('button', { name: 'Cancel and refund' }).click()
  await request.getByText('Cancelled', { exact: true }).waitFor()
  await request.getByText('Refunded', { exact: true }).waitFor()
  await park.getByText('The passenger cancelled').waitFor()
  await park.getByText('No passenger yet').waitFor()
  assert.equal((await server.get(`/taxi/payments/${id}`)).paymentAction, 'Cancel')
})

promise('a driver gives a passenger back, and another one takes over', async (windows) => {
  const { id } = await hailed(server, 'Han', { startingPoint: 'Jamsil' })
  const kang = await windows.open(server, '/taxi/pages/driver', { names: { 'taxi.driver': 'Kang' } })
  const yoon = await windows.open(server, '/taxi/pages/driver', { names: { 'taxi.driver': 'Yoon' } })
  await driver(kang).pick('Jamsil', 'Hongdae').click()
  await driver(yoon).pick('Jamsil', 'Hongdae').waitFor({ state: 'detached' })
  await driver(kang).look('My passengers')
  await kang.getByRole('button', { name: 'Give back' }).click()
  await kang.getByRole('button', { name: 'Give it back' }).click()
  await kang.getByText('You gave the request back').waitFor()
  await driver(yoon).pick('Jamsil', 'Hongdae').click()
  await until('Yoon has the passenger', async () => (await server.get(`/taxi/pickUps/${id}`)).driver === 'Yoon')
})

promise('of two drivers who press at once one wins, and the other is told politely', async (windows) => {
  const { id } = await hailed(server, 'Song', { startingPoint: 'Yeouido' })
  const names = ['First', 'Second']
  const lost = /the server responded with a status of 409/
  const phones = await Promise.all(names.map((name) => windows.open(server, '/taxi/pages/driver', { names: { 'taxi.driver': name }, expects: [lost] })))
  // Neither phone hears of the other's touch before its own.
  const held = await Promise.all(phones.map((phone) => holdPosts(phone)))
  await Promise.all(phones.map((phone) => driver(phone).pick('Yeouido', 'Hongdae').click()))
  await Promise.all(held.map((one) => one.isThere))
  held.forEach((one) => one.go())
  const { driver: winner } = await until('somebody has it', () => server.get(`/taxi/pickUps/${id}`))
  const place = names.indexOf(winner)
  await phones[place].getByText('It is yours').waitFor()
  await phones[1 - place].getByText('Already taken or cancelled').waitFor()
  await phones[1 - place].getByText('Please pick another request.').waitFor()
  await driver(phones[1 - place]).pick('Yeouido', 'Hongdae').waitFor({ state: 'detached' })
})

/** Its next POST waits until it may go. */
async function holdPosts(page) {
  let arrive, go
  const isThere = new Promise((done) => (arrive = done))
  const mayGo = new Promise((done) => (go = done))
  await page.route('**/taxi/pickUps', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    arrive()
    await mayGo
    return route.continue()
  })
  return { isThere, go }
}

promise('the bell counts what is new and tells the story of a request', async (windows) => {
  const oh = await windows.open(server, '/taxi/pages/customer', { names: { customer: 'Oh' } })
  await oh.getByRole('button', { name: 'Messages', exact: true }).waitFor()
  await passenger(oh).hail.click()
  const bell = oh.getByRole('button', { name: /^Messages, \d+ new$/ })
  await bell.click()
  const list = oh.getByRole('region', { name: 'Messages' })
  await list.getByRole('listitem').first().waitFor()
  await oh.keyboard.press('Escape')
  await list.waitFor({ state: 'detached' })
  await oh.getByRole('button', { name: 'Messages', exact: true }).waitFor()
})

promise('somebody else may use the page under a name of their own', async (windows) => {
  await hailed(server, 'Minho', { startingPoint: 'Gwanghwamun' })
  const page = await windows.open(server, '/taxi/pages/customer')
  await page.getByText('No taxi hailed yet').waitFor()
  await page.getByRole('button', { name: /^You are Kim Nadul/ }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Minho')
  await page.keyboard.press('Enter')
  await passenger(page).requests.getByText('Gwanghwamun').waitFor()
  await page.reload()
  await passenger(page).requests.getByText('Gwanghwamun').waitFor()
})
