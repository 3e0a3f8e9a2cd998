// Who may use which command, and read which collection, of a system that is known by its documents alone.
import assert from 'node:assert/strict'
import test from 'node:test'
import { describe } from '../described.ts'
import { ownOf, roleNames, workOf } from '../roles.ts'

const text = { type: 'string' }
const whole = { type: 'integer' }
const person = { anyOf: [text, whole] }

function list(name, context, properties, filters) {
  const row = { properties, required: Object.keys(properties) }
  const content = { 'application/hal+json': { schema: { properties: { _embedded: { properties: { [name]: { items: row } } } } } } }
  return { operationId: name, tags: [context], parameters: filters.map((name) => ({ name, in: 'query' })), responses: { 200: { content } } }
}

function command(operationId, context, summary, properties) {
  return { operationId, summary, tags: [context], responses: {}, requestBody: { content: { 'application/json': { schema: { properties, required: Object.keys(properties) } } } } }
}

/** As the server says it: fields of forms by the alphabet, paths of the board with names of their own. */
const document = {
  info: { title: 'shop', summary: 'Buy things.' },
  components: { schemas: {} },
  paths: {
    '/things': { get: list('things', 'store', { name: text, price: whole }, []), post: command('sell', 'store', 'Sell.', { name: text }) },
    '/orders': {
      get: list('orders', 'order', { thing: text, qty: whole, customer: text, status: { enum: ['Ordered', 'Sent'] } }, ['customer', 'status']),
      post: command('order', 'order', 'Order.', { customer: person, qty: whole, thing: text }),
    },
    '/orders/{id}': { patch: command('send', 'order', 'Send.', { status: text }) },
    '/payments': { get: list('payments', 'payment', { customer: text, price: whole }, ['customer']) },
    '/messages': { get: list('messages', 'message', { customer: text, ko: text, en: text }, ['customer']) },
  },
}
const people = {
  store: [{ role: 'seller', command: 'POST /things', own: false }],
  order: [
    { role: 'customer', command: 'POST /orders', own: false },
    { role: 'courier', command: 'PATCH /orders/{orderId}', own: false },
    { role: 'operator', command: 'PATCH /orders/{orderId}', own: false },
  ],
}
const board = { columns: ['store', 'order', 'payment', 'message'].map((context) => ({ context, published: [], private: [], ...(people[context] ? { people: people[context] } : {}) })) }
const shop = describe('shop', document, board, ['courier', 'customer', 'operator', 'seller'])

function seen(role, described = shop) {
  const { forms, onRows, collections } = workOf(described, role)
  return { forms: forms.map(({ id }) => id), onRows: [...onRows].map(([collection, all]) => [collection, all.map(({ command }) => command.id)]), reads: collections.map(({ name }) => name).toSorted() }
}

test('a role has the commands that the board puts it at, and reads what it works on, what can be asked for by its name, and what is nobody’s own', () => {
  assert.deepEqual(roleNames(shop), ['customer', 'courier', 'seller', 'operator'])
  assert.deepEqual(seen('customer'), { forms: ['order'], onRows: [], reads: ['orders', 'payments', 'things'] })
  assert.deepEqual(seen('courier'), { forms: [], onRows: [['orders', ['send']]], reads: ['orders', 'things'] })
  assert.deepEqual(seen('seller'), { forms: ['sell'], onRows: [], reads: ['things'] })
  assert.deepEqual(seen('operator'), { forms: [], onRows: [['orders', ['send']]], reads: ['messages', 'orders', 'payments', 'things'] })
})

test('where people sign in, the document says who reads what', () => {
  const paths = Object.entries(document.paths).map(([path, methods]) => [path, methods.get ? { ...methods, get: { ...methods.get, 'x-roles': path === '/payments' ? { seller: 'all' } : { customer: 'own' } } } : methods])
  const signed = describe('shop', { ...document, paths: Object.fromEntries(paths) }, board, ['customer', 'seller'])
  assert.deepEqual(seen('seller', signed), { forms: ['sell'], onRows: [], reads: ['payments'] })
  assert.deepEqual(seen('customer', signed).reads, ['orders', 'things'])
})

test('where nobody is told apart, everybody may', () => {
  const alone = describe('shop', document, { columns: board.columns.map(({ people: _, ...column }) => column) }, [])
  assert.deepEqual(seen('customer', alone).forms, ['sell', 'order'])
  assert.deepEqual(seen('customer', alone).onRows, [['orders', ['send']]])
})

test('a form asks in the order of its rows, and the rows of a customer are asked for by name', () => {
  const order = shop.commands.find(({ id }) => id === 'order')
  assert.deepEqual(
    order.fields.map(({ name }) => name),
    ['thing', 'qty', 'customer'],
  )
  const orders = shop.collections.find(({ name }) => name === 'orders')
  assert.deepEqual(ownOf(shop, orders, 'customer', 'Kim'), { filter: { name: 'customer', value: 'Kim' }, field: 'customer' })
  assert.deepEqual(ownOf(shop, orders, 'courier', 'Lee'), { filter: null, field: null })
})
