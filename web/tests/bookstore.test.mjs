// The bookstore: a reader, the owner of the shop, and the courier.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { promise } from './support/browser.mjs'
import { serve } from './support/server.mjs'
import { stopped } from './support/stopped.mjs'
import { until } from './support/until.mjs'

let server
before(async () => (server = await serve({ systems: ['bookstore'] })))
after(() => server?.stop())

const reader = (page) => ({
  book: (name) => page.getByRole('radio', { name: new RegExp(name) }),
  /** The cover lies over the button, as the finger meets it. */
  choose: (name) => page.locator('label').filter({ has: page.getByRole('radio', { name: new RegExp(name) }) }).click(),
  order: page.getByRole('button', { name: /^Order for/ }),
  own: page.getByRole('list', { name: 'My orders' }),
  one: (id) => page.getByRole('article', { name: `Order ${id}`, exact: true }),
})
const seller = (page) => ({
  accept: (id) => page.getByRole('button', { name: new RegExp(`^Accept: order ${id}, `) }),
  reject: (id) => page.getByRole('button', { name: new RegExp(`^Reject: order ${id}, `) }),
  look: (at) => page.getByRole('radio', { name: new RegExp(`^${at}`) }).check(),
})
const deliver = (page, id) => page.getByRole('button', { name: new RegExp(`^Delivered: order ${id}, `) })

const book = (name, price = 10_000, stock = 5) => server.post('/bookstore/books', { name, price, stock })
/** The shop front hears of a book from the store's events. */
const ordered = (productId, customerId) => until('the shop front knows the book', () => server.post('/bookstore/orders', { productId, quantity: 1, customerId, customerName: customerId, customerAddr: '1 Test-ro' }))
const onlyOrder = (customer) =>
  until('the order is there', async () => {
    const [row] = await server.rows(`/bookstore/orders?customerId=${customer}`)
    return row
  })

promise('an empty shelf offers to be filled with examples, and then can be ordered from', async (windows) => {
  const empty = windows.stopLast(await serve({ systems: ['bookstore'] }))
  const kim = await windows.open(empty, '/bookstore/pages/customer', { names: { customer: 'Kim' } })
  await kim.getByRole('button', { name: 'Fill with examples' }).click()
  await until('some books are there', async () => (await reader(kim).book('In stock|left').count()) >= 3)
  await reader(kim).order.click()
  await reader(kim).own.getByText('With the shop', { exact: true }).waitFor()
})

promise('a reader orders two copies, the shop accepts, and the courier brings them', async (windows) => {
  await book('The Long Stream', 12_000)
  const kim = await windows.open(server, '/bookstore/pages/customer', { names: { customer: 'Kim' } })
  const shop = await windows.open(server, '/bookstore/pages/seller')
  const jung = await windows.open(server, '/bookstore/pages/courier')
  await jung.getByText('Nothing to deliver').waitFor()
  await reader(kim).choose('The Long Stream')
  await kim.getByRole('button', { name: 'One copy more' }).click()
  await kim.getByRole('button', { name: 'Order for ₩24,000' }).click()
  await reader(kim).own.getByText('With the shop', { exact: true }).waitFor()
  const { orderId } = await onlyOrder('Kim')
  await seller(shop).accept(orderId).click()
  await shop.getByText('Accepted. The delivery starts').waitFor()
  await reader(kim).one(orderId).getByText('On its way', { exact: true }).first().waitFor()
  await deliver(jung, orderId).click()
  await reader(kim).one(orderId).getByText('Delivered', { exact: true }).first().waitFor()
  await kim.getByRole('region', { name: 'Best sellers' }).getByRole('button', { name: /The Long Stream.*Sold: 2/ }).waitFor()
})

promise('the shop rejects with a reason, and the reader reads it and is refunded', async (windows) => {
  const { productId } = await book('Out of Print')
  const { orderId } = await ordered(productId, 'Lee')
  const shop = await windows.open(server, '/bookstore/pages/seller')
  const lee = await windows.open(server, '/bookstore/pages/customer', { names: { customer: 'Lee' } })
  await seller(shop).reject(orderId).click()
  await shop.getByRole('button', { name: 'The copy is damaged' }).click()
  await shop.getByText('Rejected. The buyer is refunded').waitFor()
  const order = reader(lee).one(orderId)
  await order.getByText('Rejected', { exact: true }).first().waitFor()
  await order.getByText('The copy is damaged', { exact: false }).waitFor()
  await until('it is refunded', async () => (await server.rows('/bookstore/payments')).find((row) => row.orderId === orderId).status === 'Cancelled')
})

promise('a reader cancels under way: the delivery stops, the courier is told, the copy is back on the shelf', async (windows) => {
  const { productId } = await book('Second Thoughts', 9_000, 1)
  const { orderId } = await ordered(productId, 'Song')
  await until('the seller hears of it', () => server.get(`/bookstore/storeOrders/${orderId}`))
  await server.must('PUT', `/bookstore/storeOrders/${orderId}/accept`)
  const jung = await windows.open(server, '/bookstore/pages/courier')
  const song = await windows.open(server, '/bookstore/pages/customer', { names: { customer: 'Song' } })
  await deliver(jung, orderId).waitFor()
  const order = reader(song).one(orderId)
  await order.getByRole('button', { name: 'Cancel order' }).click()
  await order.getByRole('button', { name: 'Cancel and refund' }).click()
  await order.getByText('Cancelled', { exact: true }).first().waitFor()
  await jung.getByText('This delivery is cancelled').waitFor()
  await until('the copy is back', async () => (await server.get(`/bookstore/books/${productId}`)).stock === 1)
})

promise('an order that the reader has cancelled in the meantime is lost to the shop politely', async (windows) => {
  const { productId } = await book('Changed My Mind')
  const { orderId } = await ordered(productId, 'Han')
  const shop = await windows.open(server, '/bookstore/pages/seller', { expects: [/a status of 409/] })
  await seller(shop).accept(orderId).waitFor()
  await shop.route(`**/bookstore/storeOrders/${orderId}/accept`, async (route) => {
    await server.must('DELETE', `/bookstore/orders/${orderId}`)
    await until('the shop has heard', async () => (await server.get(`/bookstore/storeOrders/${orderId}`)).status === 'Cancelled')
    await route.continue()
  })
  await seller(shop).accept(orderId).click()
  await shop.getByText('Already decided or cancelled').waitFor()
  await seller(shop).accept(orderId).waitFor({ state: 'detached' })
})

promise('the owner puts a book on the shelf, changes its price and takes it off, and readers see it at once', async (windows) => {
  const shop = await windows.open(server, '/bookstore/pages/seller', { names: { 'bookstore.seller': 'Choi' } })
  const oh = await windows.open(server, '/bookstore/pages/customer', { names: { customer: 'Oh' } })
  await seller(shop).look('Books')
  await shop.getByText('Add a book').click()
  await shop.getByRole('textbox', { name: 'Name of the book' }).fill('Fresh Ink')
  await shop.getByRole('textbox', { name: 'Price' }).fill('15000')
  await shop.getByRole('button', { name: 'Put it on the shelf' }).click()
  await shop.getByText('On the shelf: Fresh Ink').waitFor()
  await reader(oh).book('Fresh Ink.*₩15,000').waitFor()
  const row = shop.getByRole('article', { name: 'Fresh Ink' })
  await row.getByRole('button', { name: 'Edit: Fresh Ink' }).click()
  await row.getByRole('textbox', { name: 'Price' }).fill('16000')
  await row.getByRole('button', { name: 'Save' }).click()
  await reader(oh).book('Fresh Ink.*₩16,000').waitFor()
  await row.getByRole('button', { name: 'Take off' }).click()
  await row.getByRole('button', { name: 'Take off' }).click()
  await reader(oh).book('Fresh Ink').waitFor({ state: 'detached' })
})

promise('who edits a name leaves the stock as it is, and each touch on the copies counts from the newest number', async (windows) => {
  const { productId } = await book('Last Copies', 9_000, 5)
  const shop = await windows.open(server, '/bookstore/pages/seller', { names: { 'bookstore.seller': 'Choi' } })
  await seller(shop).look('Books')
  const row = shop.getByRole('article', { name: 'Last Copies' })
  await row.getByRole('button', { name: 'Edit: Last Copies' }).click()
  await ordered(productId, 'Noh')
  await row.getByRole('group', { name: 'Copies on the shelf: 4' }).waitFor()
  await row.getByRole('textbox', { name: 'Name of the book' }).fill('Last Copies, signed')
  await row.getByRole('button', { name: 'Save' }).click()
  const signed = shop.getByRole('article', { name: 'Last Copies, signed' })
  await signed.waitFor()
  assert.equal((await server.get(`/bookstore/books/${productId}`)).stock, 4)
  const more = signed.getByRole('button', { name: /^One copy more/ })
  for (let touch = 0; touch < 4; touch += 1) await more.click()
  await signed.getByRole('group', { name: 'Copies on the shelf: 8' }).waitFor()
})

promise('a service that is stopped before the page opens is said, and the list comes when it is back', async (windows) => {
  const { productId } = await book('Closed Early')
  const { orderId } = await ordered(productId, 'Bae')
  await until('the courier could hear of it', () => server.get(`/bookstore/storeOrders/${orderId}`))
  await server.must('PUT', `/bookstore/storeOrders/${orderId}/accept`)
  await until('it is to be delivered', async () => (await server.rows('/bookstore/deliveries')).some((one) => one.orderId === orderId))
  const next = await ordered(productId, 'Bae')
  await until('the shop has heard', () => server.get(`/bookstore/storeOrders/${next.orderId}`))
  const contexts = ['store', 'orderview', 'delivery']
  for (const context of contexts) await server.context('bookstore', context, false)
  const expects = [/a status of 503/]
  const bae = await windows.open(server, '/bookstore/pages/customer', { names: { customer: 'Bae' }, expects })
  const shop = await windows.open(server, '/bookstore/pages/seller', { size: 'desk', expects })
  const jung = await windows.open(server, '/bookstore/pages/courier', { size: 'desk', expects })
  for (const page of [bae, shop, jung]) {
    await until('both of its lists say so', async () => (await stopped(page).count()) === 2)
    assert.equal(await page.locator('.skeleton').count(), 0, 'nothing is said to be loading')
  }
  for (const context of contexts) await server.context('bookstore', context, true)
  await reader(bae).book('Closed Early').waitFor()
  await reader(bae).one(orderId).waitFor()
  await seller(shop).accept(next.orderId).waitFor()
  await shop.getByRole('article', { name: 'Closed Early' }).waitFor()
  await deliver(jung, orderId).waitFor()
  for (const page of [bae, shop, jung]) await until('nothing is said to be stopped', async () => (await stopped(page).count()) === 0)
})

promise('a part of the page whose file can’t be fetched says so, and the rest can be used', async (windows) => {
  const { productId } = await book('Missing Pages')
  const { orderId } = await ordered(productId, 'Ryu')
  const ryu = await windows.open(server, '/bookstore/', { size: 'desk', names: { customer: 'Nobody yet' }, expects: [/net::ERR_FAILED/, /Failed to fetch dynamically imported module/] })
  await reader(ryu).order.waitFor()
  await ryu.route('**/pages/assets/OwnOrder*.js', (route) => route.abort())
  await ryu.getByRole('button', { name: /^You are Nobody yet/ }).click()
  await ryu.getByRole('textbox', { name: 'Name' }).fill('Ryu')
  await ryu.keyboard.press('Enter')
  await ryu.getByText('This could not be loaded').waitFor()
  await reader(ryu).book('Missing Pages').waitFor()
  await ryu.unroute('**/pages/assets/OwnOrder*.js')
  await ryu.getByRole('button', { name: 'Try again' }).click()
  // The shop on the same stage has an order of that name, too.
  await reader(ryu).one(orderId).first().waitFor()
})

promise('with the store stopped orders are taken, and the shop finds them once it runs again', async (windows) => {
  const { productId } = await book('Night Shift')
  await ordered(productId, 'Early')
  const yoon = await windows.open(server, '/bookstore/pages/customer', { names: { customer: 'Yoon' }, expects: [/a status of 503/] })
  await reader(yoon).choose('Night Shift')
  await server.context('bookstore', 'store', false)
  await reader(yoon).order.click()
  await reader(yoon).own.getByText('With the shop', { exact: true }).waitFor()
  const { orderId } = await onlyOrder('Yoon')
  await server.context('bookstore', 'store', true)
  const shop = await windows.open(server, '/bookstore/pages/seller')
  await seller(shop).accept(orderId).click()
  await reader(yoon).one(orderId).getByText('On its way', { exact: true }).first().waitFor()
})

promise('on the stage an order goes from the reader to the shop', async (windows) => {
  await book('On Stage')
  const page = await windows.open(server, '/bookstore/', { size: 'desk', names: { customer: 'Stage' } })
  await reader(page).choose('On Stage')
  await reader(page).order.click()
  const { orderId } = await onlyOrder('Stage')
  await seller(page).accept(orderId).click()
  await reader(page).one(orderId).getByText('On its way', { exact: true }).first().waitFor()
  await page.getByRole('list', { name: 'What just happened' }).getByText('Accepted', { exact: true }).first().waitFor()
})
