// Something of each kind in every business, by the commands that their pages send.
import { until } from './until.mjs'

export const NAMES = {
  customer: 'Kim Nadul',
  'taxi.driver': 'Park',
  'fruit.courier': 'Lee',
  'call-taxi.driver': 'Choi',
  'stay.host': 'Jung',
  'bookstore.seller': 'Han',
  'bookstore.courier': 'Yoon',
}
const { customer } = NAMES
const LONG = 'Hubertusstraßenbahnhaltestellenhäuschen'.repeat(5)

/** `hasLong`: some of it has the longest names and sums that there may be. */
export async function seed(server, { hasLong = true } = {}) {
  await Promise.all([taxi, fruit, callTaxi, stay, bookstore].map((fill) => fill(server, hasLong)))
}

async function taxi(server, hasLong) {
  const hail = (startingPoint, destination, price, name = customer) => server.post('/taxi/catches', { startingPoint, destination, price, customer: name })
  const first = await hail('Gangnam', 'Hongdae', 14_500)
  const second = await hail('Seoul Station', 'Jamsil', 16_000)
  if (hasLong) await hail(LONG, LONG, 9_007_199_254_740_991, LONG)
  await hail('Seongsu', 'Yeouido', 12_000)
  const listed = (id) => until('it is listed', () => server.get(`/taxi/catchReqLists/${id}`))
  await listed(second.id)
  await server.post('/taxi/pickUps', { matchId: second.id, driver: NAMES['taxi.driver'] })
  await server.must('PATCH', `/taxi/catches/${first.id}`, { status: 'Cancel' })
}

async function fruit(server, hasLong) {
  const order = (prodNm, qty, price, address = '12 Hannam-daero, Yongsan-gu', userId = customer) => server.post('/fruit/orders', { userId, prodNm, qty, price, address })
  await order('Apples', 6, 18_000)
  const second = await order('Strawberries', 2, 24_000)
  if (hasLong) await order(LONG, 9_007_199_254_740, 9_007_199_254_740_991, LONG, LONG)
  const third = await order('Pears', 4, 20_000)
  const { deliveryId } = await until('it is under way', async () => (await server.rows('/fruit/deliveries')).find((row) => row.orderId === second.orderId))
  await server.must('PATCH', `/fruit/deliveries/${deliveryId}`, { deliveryStatus: '배송완료' })
  await server.must('DELETE', `/fruit/orders/${third.orderId}`)
}

async function callTaxi(server, hasLong) {
  const call = (distance, userName = customer, userId = customer) => server.post('/call-taxi/calls', { userId, userName, distance })
  await call(3.5)
  const second = await call(12.25)
  await call(100.1)
  if (hasLong) await call(1, LONG, LONG)
  await until('it drives', () => server.get(`/call-taxi/drives/${second.callId}`))
  await server.post('/call-taxi/drives/end', { driveId: second.callId })
}

async function stay(server, hasLong) {
  const room = (desc, price) => server.post('/stay/rooms', { desc, price })
  const first = await room('Hanok with a garden', 120_000)
  await room('Loft by the river', 95_000)
  await room('Cabin in the woods', 75_000)
  await room('Room with a sea view', 90_000)
  if (hasLong) await room(LONG, 9_007_199_254_740_991)
  const car = await server.post('/stay/rentcars', { carName: 'Ioniq 5', price: 60_000 })
  await server.post('/stay/rentcars', { carName: hasLong ? LONG : 'Casper', price: 45_000 })
  await server.post('/stay/reservations', { roomId: first.roomId, carId: car.carId, customer })
  await server.post('/stay/reviews', { roomId: first.roomId, content: 'The garden in the morning is worth the stay.' })
  if (hasLong) await server.post('/stay/reviews', { roomId: first.roomId, content: LONG })
}

async function bookstore(server, hasLong) {
  const book = (name, price, stock) => server.post('/bookstore/books', { name, price, stock })
  const first = await book('A Field Guide to Streams', 28_000, 12)
  const second = await book('Letters to a Courier', 16_500, 3)
  await book('The Patient Shopkeeper', 14_000, 20)
  const order = (productId, quantity, customerId = customer) => server.post('/bookstore/orders', { productId, quantity, customerId, customerName: customerId, customerAddr: '12 Hannam-daero, Yongsan-gu' })
  // The shop front hears of a book from the store's events.
  const placed = (productId, ...rest) => until('the shop front knows the book', () => order(productId, ...rest))
  const accepted = await placed(first.productId, 2)
  const rejected = await placed(second.productId, 1)
  await placed(first.productId, 1)
  if (hasLong) await placed((await book(LONG, 9_007_199_254_740_991)).productId, 1, LONG)
  for (const { orderId } of [accepted, rejected]) await until('the seller hears of it', () => server.get(`/bookstore/storeOrders/${orderId}`))
  await server.must('PUT', `/bookstore/storeOrders/${accepted.orderId}/accept`)
  await server.must('PUT', `/bookstore/storeOrders/${rejected.orderId}/reject`, { reason: 'The last copy is damaged.' })
}
