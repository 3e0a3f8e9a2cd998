// What a form sends of a row that others change, too.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changed } from '../changed.ts'

test('only what was changed is sent, also where it was emptied or set to nothing', () => {
  const before = { name: 'Walden', price: 15_000, stock: 8 }
  assert.deepEqual(changed(before, { ...before, name: 'Walden, again' }), { name: 'Walden, again' })
  assert.deepEqual(changed(before, { ...before, price: 0, stock: null }), { price: 0, stock: null })
  assert.deepEqual(changed(before, { ...before }), {})
})
