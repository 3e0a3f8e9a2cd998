// The fruit shop: a customer, and the courier who brings it.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { promise } from './support/browser.mjs'
import { serve } from './support/server.mjs'
import { until } from './support/until.mjs'

let server
before(async () => (server = await serve({ systems: ['fruit'] })))
after(() => server?.stop())

const customer = (page) => ({
  order: page.getByRole('button', { name: /^Order for/ }),
  orders: page.getByRole('list', { name: 'My orders' }),
  one: (id) => page.getByRole('article', { name: `Order ${id}`, exact: true }),
})
const courier = (page) => ({
  deliver: (id) => page.getByRole('button', { name: new RegExp(`^Delivered: order ${id}, `) }),
  delivered: page.getByRole('list', { name: 'Delivered', exact: true }),
  look: (at) => page.getByRole('radio', { name: new RegExp(`^${at}`) }).check(),
})
const ordered = (userId, more = {}) => server.post('/fruit/orders', { userId, prodNm: 'Apples', qty: 2, price: 19_800, address: '1 Test-ro', ...more })

promise('a customer orders at the stall, sees what it costs before, and the courier delivers it with one touch', async (windows) => {
  const kim = await windows.open(server, '/fruit/pages/customer', { names: { customer: 'Kim' } })
  const lee = await windows.open(server, '/fruit/pages/courier')
  await lee.getByText('Nothing to deliver right now').waitFor()
  await kim.getByRole('radio', { name: /^Strawberries/ }).check()
  await kim.getByRole('button', { name: 'One more' }).click()
  await kim.getByRole('textbox', { name: 'Deliver to' }).fill('7 Courier-gil')
  await kim.getByRole('button', { name: 'Order for ₩35,700' }).click()
  await customer(kim).orders.getByText('On its way', { exact: true }).waitFor()
  const [row] = await server.rows('/fruit/orders?userId=Kim')
  assert.deepEqual([row.prodNm, row.qty, row.price, row.address], ['Strawberries', 3, 35_700, '7 Courier-gil'])
  await courier(lee).deliver(row.orderId).click()
  await lee.getByText('Delivery complete').waitFor()
  await customer(kim).one(row.orderId).getByText('Delivered', { exact: true }).waitFor()
  await courier(lee).look('Delivered')
  await courier(lee).delivered.getByText('7 Courier-gil').waitFor()
})

promise('a customer cancels: the delivery stops, the money comes back, and the courier is told', async (windows) => {
  const { orderId } = await ordered('Choi')
  const choi = await windows.open(server, '/fruit/pages/customer', { names: { customer: 'Choi' } })
  const lee = await windows.open(server, '/fruit/pages/courier')
  await courier(lee).deliver(orderId).waitFor()
  const order = customer(choi).one(orderId)
  await order.getByText('On its way', { exact: true }).waitFor()
  await order.getByRole('button', { name: 'Cancel order' }).click()
  await order.getByRole('button', { name: 'Cancel and refund' }).click()
  await order.getByText('Cancelled', { exact: true }).waitFor()
  await lee.getByText('The customer has just cancelled').waitFor()
  await courier(lee).deliver(orderId).waitFor({ state: 'detached' })
  assert.equal((await server.rows('/fruit/payments')).find((row) => row.orderId === orderId).payStatus, '결제취소')
})

promise('a cancel that comes after the delivery is turned away politely', async (windows) => {
  const { orderId } = await ordered('Han')
  const han = await windows.open(server, '/fruit/pages/customer', { names: { customer: 'Han' }, expects: [/a status of 409/] })
  const order = customer(han).one(orderId)
  await order.getByText('On its way', { exact: true }).waitFor()
  await order.getByRole('button', { name: 'Cancel order' }).click()
  // The courier is faster than the second touch, and the page hears of it only afterwards.
  await han.route(`**/fruit/orders/${orderId}`, async (route) => {
    const delivery = (await server.rows('/fruit/deliveries')).find((row) => row.orderId === orderId)
    await server.must('PATCH', `/fruit/deliveries/${delivery.deliveryId}`, { deliveryStatus: '배송완료' })
    await route.continue()
  })
  await order.getByRole('button', { name: 'Cancel and refund' }).click()
  await han.getByText('It has just been delivered').waitFor()
  await order.getByText('Delivered', { exact: true }).waitFor()
})

promise('with the delivery service stopped an order is taken, and brought once it runs again', async (windows) => {
  const oh = await windows.open(server, '/fruit/pages/customer', { names: { customer: 'Oh' } })
  const lee = await windows.open(server, '/fruit/pages/courier', { expects: [/a status of 503/] })
  await lee.getByText('Nothing to deliver right now').waitFor()
  await server.context('fruit', 'delivery', false)
  await customer(oh).order.click()
  await customer(oh).orders.getByText('Packing', { exact: true }).waitFor()
  const [{ orderId }] = await server.rows('/fruit/orders?userId=Oh')
  await server.context('fruit', 'delivery', true)
  await courier(lee).deliver(orderId).click()
  await customer(oh).one(orderId).getByText('Delivered', { exact: true }).waitFor()
  assert.equal((await server.rows('/fruit/deliveries')).filter((row) => row.orderId === orderId).length, 1)
})

promise('on the stage an order goes from one phone to the other', async (windows) => {
  const page = await windows.open(server, '/fruit/', { size: 'desk', names: { customer: 'Stage' } })
  await customer(page).order.click()
  await until('it is there', async () => (await server.rows('/fruit/orders?userId=Stage')).length === 1)
  const [{ orderId }] = await server.rows('/fruit/orders?userId=Stage')
  await courier(page).deliver(orderId).click()
  await customer(page).one(orderId).getByText('Delivered', { exact: true }).waitFor()
  await page.getByRole('list', { name: 'What just happened' }).getByText('DeliveryCompleted').first().waitFor()
})
