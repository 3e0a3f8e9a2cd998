// Rooms and cars: a host who registers them, and guests who book them.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { promise } from './support/browser.mjs'
import { serve } from './support/server.mjs'
import { stopped } from './support/stopped.mjs'
import { until } from './support/until.mjs'

let server
before(async () => (server = await serve({ systems: ['stay'] })))
after(() => server?.stop())

const guest = (page) => ({
  room: (name) => page.getByRole('radio', { name: new RegExp(name) }),
  reserve: page.getByRole('button', { name: /^Reserve for/ }),
  own: page.getByRole('list', { name: 'My reservations' }),
  one: (id) => page.getByRole('article', { name: `Reservation ${id}`, exact: true }),
})
const look = (page, at) => page.getByRole('radio', { name: new RegExp(`^${at}`) }).check()
const registered = (desc, price) => server.post('/stay/rooms', { desc, price })

promise('an empty house offers to be filled with examples, and then can be booked', async (windows) => {
  const empty = windows.stopLast(await serve({ systems: ['stay'] }))
  const kim = await windows.open(empty, '/stay/pages/customer', { names: { customer: 'Kim' } })
  await kim.getByRole('button', { name: 'Fill with examples' }).click()
  await guest(kim).room('Room with a sea view').waitFor()
  await until('all examples are there', async () => (await empty.rows('/stay/rooms')).length >= 4 && (await empty.rows('/stay/rentcars')).length >= 3)
  await guest(kim).reserve.click()
  await guest(kim).own.getByText('Reserved', { exact: true }).first().waitFor()
})

promise('a host registers a room and a car, and a guest books both at their sum', async (windows) => {
  const host = await windows.open(server, '/stay/pages/host', { names: { 'stay.host': 'Jung' } })
  await look(host, 'Rooms and cars')
  await register(host, 'room', 'Harbour room', 80_000)
  await register(host, 'car', 'Harbour car', 30_000)
  const lee = await windows.open(server, '/stay/pages/customer', { names: { customer: 'Lee' } })
  await guest(lee).room('Harbour room').check()
  await lee.getByRole('radio', { name: /Harbour car/ }).check()
  await lee.getByText('Room ₩80,000 + car ₩30,000').waitFor()
  await lee.getByRole('button', { name: 'Reserve for ₩110,000' }).click()
  await guest(lee).own.getByText('Reserved', { exact: true }).first().waitFor()
  await look(host, 'Reservations')
  const booking = host.getByRole('list', { name: 'Reservations' }).getByRole('article').filter({ hasText: 'Harbour room' })
  await booking.getByText('Guest Lee').waitFor()
  await booking.getByText('₩110,000').waitFor()
})

async function register(page, kind, name, price) {
  const group = page.getByRole('group').filter({ hasText: kind === 'room' ? 'Add a room' : 'Add a car' })
  await group.getByText(kind === 'room' ? 'Add a room' : 'Add a car').click()
  await group.getByRole('textbox', { name: kind === 'room' ? 'About the room' : 'Name of the car' }).fill(name)
  await group.getByRole('textbox', { name: 'Price' }).fill(String(price))
  await group.getByRole('button', { name: 'Register' }).click()
  await page.getByText(`Registered: ${name}`).waitFor()
}

promise('a room that somebody else has just booked can’t be booked again, and the page says so', async (windows) => {
  await registered('Lantern room', 60_000)
  const { roomId } = await registered('Lighthouse', 70_000)
  const han = await windows.open(server, '/stay/pages/customer', { names: { customer: 'Han' }, expects: [/a status of 409/] })
  await guest(han).room('Lighthouse').check()
  await server.post('/stay/reservations', { roomId, customer: 'Faster' })
  await han.getByText('This room is booked. Please choose another one.').waitFor()
  assert.ok(await han.getByRole('button', { name: /^Reserve/ }).last().isDisabled())
  assert.equal((await server.rows(`/stay/reservations?roomId=${roomId}`)).length, 1)
})

promise('of two guests who book the same room at once one gets it, and the other is told and pays nothing', async (windows) => {
  const { roomId } = await registered('Windmill', 65_000)
  const names = ['Early', 'Late']
  const phones = await Promise.all(names.map((name) => windows.open(server, '/stay/pages/customer', { names: { customer: name }, expects: [/a status of 409/] })))
  for (const phone of phones) await guest(phone).room('Windmill').check()
  let arrived = 0
  let go
  const both = new Promise((done) => (go = done))
  for (const phone of phones) {
    await phone.route('**/stay/reservations', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback()
      arrived += 1
      if (arrived === 2) go()
      await both
      await route.continue()
    })
  }
  await Promise.all(phones.map((phone) => guest(phone).reserve.click()))
  const [row] = await until('one has it', async () => {
    const rows = (await server.rows(`/stay/reservations?roomId=${roomId}`)).filter((one) => one.status === 'reserved')
    return rows.length > 0 ? rows : null
  })
  const winner = names.indexOf(row.customer)
  await guest(phones[winner]).own.getByText('Windmill').waitFor()
  await phones[1 - winner].getByText(/booked|not available|taken/i).filter({ visible: true }).first().waitFor()
  await phones[1 - winner].getByText('No reservation yet').waitFor()
  assert.equal((await server.rows('/stay/payments')).filter((one) => one.roomId === roomId).length, 1)
})

promise('a guest cancels and is refunded, and the room is free again', async (windows) => {
  const { roomId } = await registered('Treehouse', 55_000)
  const { id } = await server.post('/stay/reservations', { roomId, customer: 'Oh' })
  const oh = await windows.open(server, '/stay/pages/customer', { names: { customer: 'Oh' } })
  const booking = guest(oh).one(id)
  await booking.getByText('Reserved', { exact: true }).first().waitFor()
  await booking.getByRole('button', { name: 'Cancel reservation' }).click()
  await booking.getByRole('button', { name: 'Cancel and refund' }).click()
  await booking.getByText('Cancelled', { exact: true }).first().waitFor()
  await until('the room is free', async () => (await server.get(`/stay/rooms/${roomId}`)).status === 'available')
  await oh.getByRole('listitem').filter({ has: guest(oh).room('Treehouse') }).getByText('Free').waitFor()
})

promise('a guest writes, edits and deletes a review', async (windows) => {
  await registered('Greenhouse', 60_000)
  const yoon = await windows.open(server, '/stay/pages/customer', { names: { customer: 'Yoon' } })
  await guest(yoon).room('Greenhouse').check()
  await yoon.getByRole('heading', { name: 'Reviews · Greenhouse' }).waitFor()
  await yoon.getByRole('textbox', { name: 'How was it?' }).fill('Full of light')
  await yoon.getByRole('button', { name: 'Post' }).click()
  const reviews = yoon.getByRole('list', { name: 'Reviews' })
  await reviews.getByText('Full of light').waitFor()
  await reviews.getByRole('button', { name: 'Edit' }).click()
  await yoon.getByRole('textbox', { name: 'Edit your review' }).fill('Full of light and lemons')
  await yoon.getByRole('button', { name: 'Save' }).click()
  await reviews.getByText('Full of light and lemons').waitFor()
  await reviews.getByRole('button', { name: 'Delete' }).click()
  await reviews.getByRole('button', { name: 'Delete' }).click()
  await yoon.getByText('No reviews yet. Yours could be the first.').waitFor()
})

promise('a host changes a price and takes a room off', async (windows) => {
  await registered('Boathouse', 40_000)
  const host = await windows.open(server, '/stay/pages/host', { names: { 'stay.host': 'Jung' } })
  await look(host, 'Rooms and cars')
  const room = host.getByRole('article', { name: 'Boathouse' })
  await room.getByRole('button', { name: 'Edit: Boathouse' }).click()
  await room.getByRole('textbox', { name: 'Price' }).fill('45000')
  await room.getByRole('button', { name: 'Save' }).click()
  await room.getByText('₩45,000').waitFor()
  await room.getByRole('button', { name: 'Take off' }).click()
  await room.getByRole('button', { name: 'Take off' }).click()
  await room.waitFor({ state: 'detached' })
  assert.equal((await server.rows('/stay/rooms')).filter((row) => row.desc === 'Boathouse').length, 0)
})

promise('who edits a room’s name leaves its price as it is', async (windows) => {
  const { roomId } = await registered('Summer house', 50_000)
  const host = await windows.open(server, '/stay/pages/host', { names: { 'stay.host': 'Jung' } })
  await look(host, 'Rooms and cars')
  const room = host.getByRole('article', { name: 'Summer house' })
  await room.getByRole('button', { name: 'Edit: Summer house' }).click()
  await server.must('PATCH', `/stay/rooms/${roomId}`, { price: 62_000 })
  await room.getByText('₩62,000').waitFor()
  await room.getByRole('textbox', { name: 'About the room' }).fill('Summer house by the lake')
  await room.getByRole('button', { name: 'Save' }).click()
  await host.getByRole('article', { name: 'Summer house by the lake' }).waitFor()
  assert.equal((await server.get(`/stay/rooms/${roomId}`)).price, 62_000)
})

promise('a service that is stopped before the page opens is said, and the list comes when it is back', async (windows) => {
  const { roomId } = await registered('Night house', 45_000)
  await server.post('/stay/rentcars', { carName: 'Night car', price: 20_000 })
  const { id } = await server.post('/stay/reservations', { roomId, customer: 'Bae' })
  const contexts = ['room', 'rentcar', 'reservation']
  for (const context of contexts) await server.context('stay', context, false)
  const expects = [/a status of 503/]
  const bae = await windows.open(server, '/stay/pages/customer', { names: { customer: 'Bae' }, expects })
  const host = await windows.open(server, '/stay/pages/host', { size: 'desk', names: { 'stay.host': 'Jung' }, expects })
  await until('rooms and own reservations', async () => (await stopped(bae).count()) === 2)
  await until('reservations, rooms and cars', async () => (await stopped(host).count()) === 3)
  for (const page of [bae, host]) assert.equal(await page.locator('.skeleton').count(), 0, 'nothing is said to be loading')
  for (const context of contexts) await server.context('stay', context, true)
  await guest(bae).room('Night house').waitFor()
  await bae.getByRole('radio', { name: /Night car/ }).waitFor()
  await guest(bae).one(id).waitFor()
  await bae.getByText('No reviews yet. Yours could be the first.').waitFor()
  await host.getByRole('article', { name: `Reservation ${id}`, exact: true }).waitFor()
  await host.getByRole('article', { name: 'Night house' }).waitFor()
  await host.getByRole('article', { name: 'Night car' }).waitFor()
  for (const page of [bae, host]) await until('nothing is said to be stopped', async () => (await stopped(page).count()) === 0)
})
