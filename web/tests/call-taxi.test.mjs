// The call taxi: a passenger who says how far, and the driver who ends the ride.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { promise } from './support/browser.mjs'
import { serve } from './support/server.mjs'
import { until } from './support/until.mjs'

let server
before(async () => (server = await serve({ systems: ['call-taxi'] })))
after(() => server?.stop())

const passenger = (page) => ({
  distance: page.getByRole('textbox', { name: 'Distance' }),
  call: page.getByRole('button', { name: /^Call a taxi for/ }),
  calls: page.getByRole('list', { name: 'My calls' }),
  one: (id) => page.getByRole('article', { name: `Call ${id}`, exact: true }),
})
const end = (page, id) => page.getByRole('button', { name: new RegExp(`^End drive: call ${id}, `) })

promise('a passenger says how far, sees the exact fare, and the driver ends the ride with one touch', async (windows) => {
  const kim = await windows.open(server, '/call-taxi/pages/customer', { names: { customer: 'Kim' } })
  const choi = await windows.open(server, '/call-taxi/pages/driver')
  await choi.getByText('No car is under way').waitFor()
  await passenger(kim).distance.fill('3.1234')
  await kim.getByRole('button', { name: 'Call a taxi for ₩31,234' }).click()
  await passenger(kim).calls.getByText('On the way', { exact: true }).first().waitFor()
  const [row] = await server.rows('/call-taxi/calls?userId=Kim')
  assert.deepEqual([row.fare, row.distance], [31_234, 3.1234])
  await end(choi, row.callId).click()
  await choi.getByText('The drive has ended').waitFor()
  await passenger(kim).one(row.callId).getByText('Arrived', { exact: true }).first().waitFor()
})

promise('the slider chooses a distance, with the keyboard too', async (windows) => {
  const lee = await windows.open(server, '/call-taxi/pages/customer', { names: { customer: 'Lee' } })
  const slider = lee.getByRole('slider', { name: 'Choose the distance' })
  const before = await passenger(lee).distance.inputValue()
  await slider.press('ArrowRight')
  const chosen = await until('the distance follows', async () => {
    const now = await passenger(lee).distance.inputValue()
    return now === before ? null : now
  })
  await lee.getByRole('button', { name: `Call a taxi for ₩${Math.round(Number(chosen) * 10_000).toLocaleString('en-GB')}` }).waitFor()
})

promise('a passenger cancels a ride under way and is refunded, and the driver is told', async (windows) => {
  const { callId } = await server.post('/call-taxi/calls', { userId: 'Song', userName: 'Song', distance: 5 })
  const song = await windows.open(server, '/call-taxi/pages/customer', { names: { customer: 'Song' } })
  const choi = await windows.open(server, '/call-taxi/pages/driver')
  await end(choi, callId).waitFor()
  const call = passenger(song).one(callId)
  await call.getByText('On the way', { exact: true }).first().waitFor()
  await call.getByRole('button', { name: 'Cancel call' }).click()
  await call.getByRole('button', { name: 'Cancel and refund' }).click()
  await call.getByText('Cancelled', { exact: true }).waitFor()
  await choi.getByText('The passenger has just cancelled').waitFor()
  assert.equal((await server.get(`/call-taxi/payments/${callId}`)).payStatus, 'refunded')
})

promise('a fare that can’t be paid is said politely, and another try works', async (windows) => {
  const han = await windows.open(server, '/call-taxi/pages/customer', { names: { customer: 'Han' } })
  await server.payment('call-taxi', 'decline')
  await passenger(han).call.click()
  await han.getByText('The fare could not be paid, so no taxi was called').waitFor()
  await passenger(han).calls.getByText('Not paid', { exact: true }).waitFor()
  await server.payment('call-taxi', 'approve')
  await passenger(han).calls.getByRole('button', { name: 'Call again' }).click()
  await passenger(han).calls.getByText('On the way', { exact: true }).first().waitFor()
  assert.deepEqual((await server.rows('/call-taxi/calls?userId=Han')).map((row) => row.callStatus), ['payFail', 'driveStart'])
})

promise('a ride that is too far is said before, and refunded after', async (windows) => {
  const jung = await windows.open(server, '/call-taxi/pages/customer', { names: { customer: 'Jung' } })
  await passenger(jung).distance.fill('100.1')
  await jung.getByText('No car goes further than 100 km. If you call anyway, the fare is refunded at once.').waitFor()
  await passenger(jung).call.click()
  await passenger(jung).calls.getByText('Too far, refunded', { exact: true }).waitFor()
  const [{ callId }] = await server.rows('/call-taxi/calls?userId=Jung')
  assert.equal((await server.get(`/call-taxi/payments/${callId}`)).payStatus, 'refunded')
})

promise('on the stage a call goes from one phone to the other', async (windows) => {
  const page = await windows.open(server, '/call-taxi/', { size: 'desk', names: { customer: 'Stage' } })
  await passenger(page).call.click()
  await until('it is there', async () => (await server.rows('/call-taxi/calls?userId=Stage')).length === 1)
  const [{ callId }] = await server.rows('/call-taxi/calls?userId=Stage')
  await end(page, callId).click()
  await passenger(page).one(callId).getByText('Arrived', { exact: true }).first().waitFor()
})
