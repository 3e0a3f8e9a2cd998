// What a form says of its fields, and until when.
import assert from 'node:assert/strict'
import test from 'node:test'
import '../../../api/tests/browser.mjs'
import { Wrong } from '../wrong.svelte.ts'

const field = (name, kind, more = {}) => ({ name, kind, isRequired: true, isPerson: false, ...more })
const fields = [field('name', 'text'), field('price', 'money', { min: 1000, max: 50_000 }), field('weight', 'decimal', { min: 0.0001, isRequired: false }), field('who', 'text', { isPerson: true })]
const refused = (...errors) => ({ at: 'refused', problem: { errors: errors.map(([field, detail]) => ({ field, code: 'range', detail })) } })

function all(wrong, phase) {
  return Object.fromEntries(fields.map(({ name }) => [name, wrong.of(name, phase)]).filter(([, text]) => text !== undefined))
}

test('what is missing or out of range is said before anything is sent, and what is no number is for the server to say', () => {
  const wrong = new Wrong()
  assert.equal(wrong.check(fields, { price: '999' }), false)
  assert.deepEqual(all(wrong), { name: 'Please fill this in', price: 'From 1,000' })
  wrong.typed('name')
  assert.deepEqual(all(wrong), { price: 'From 1,000' })
  assert.equal(wrong.check(fields, { name: 'Kim', price: '50001' }), false)
  assert.deepEqual(all(wrong), { price: 'Up to 50,000' })
  assert.equal(wrong.check(fields, { name: 'Kim', price: 'cheap', weight: '0' }), true)
  assert.deepEqual(all(wrong), {})
})

test('what the server said of a field stands until somebody types there, and does not come back with a fault elsewhere', () => {
  const wrong = new Wrong()
  const phase = refused(['price', 'too much'])
  assert.equal(wrong.check(fields, { name: 'Kim', price: '2000' }), true)
  assert.deepEqual(all(wrong, phase), { price: 'too much' })
  wrong.typed('price')
  assert.deepEqual(all(wrong, phase), {})
  assert.equal(wrong.check(fields, { price: '3000' }), false)
  assert.deepEqual(all(wrong, phase), { name: 'Please fill this in' })
  assert.equal(wrong.check(fields, { name: 'Kim', price: '3000' }), true)
  assert.deepEqual(all(wrong, refused(['name', 'unknown'])), { name: 'unknown' })
})

test('a problem is said by its fields alone where each of them is on the page', () => {
  assert.equal(Wrong.saysAll(fields, refused(['price', 'too much'])), true)
  assert.equal(Wrong.saysAll(fields, refused(['price', 'too much'], ['who', 'unknown'])), false)
  assert.equal(Wrong.saysAll(fields, refused()), false)
  assert.equal(Wrong.saysAll(fields, { at: 'sending' }), false)
})
