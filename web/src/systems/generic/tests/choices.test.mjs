// What a status may be set to, and by which words.
import assert from 'node:assert/strict'
import test from 'node:test'
import { choicesOf } from '../choices.ts'

const columns = [{ name: 'status', kind: 'status', choices: ['Ordered', 'Finished', 'Cancelled'] }]
const status = { name: 'status', choices: [] }
const said = (choices) => choices.map(({ value, words }) => [value, words.en, words.ko])

test('a sentence that names what a status may be set to names the buttons, too', () => {
  assert.deepEqual(said(choicesOf(status, 'Finish or cancel a wash.', columns)), [
    ['Finished', 'Finish', '완료'],
    ['Cancelled', 'Cancel', '취소'],
  ])
})

test('an example is what the command is about', () => {
  assert.deepEqual(said(choicesOf({ ...status, example: 'Cancel' }, 'Cancel an order, which is refunded.', columns)), [['Cancel', 'Cancel an order', 'Cancel an order']])
})

test('what nothing is said about may be all that a row becomes, and never what it begins as', () => {
  assert.deepEqual(said(choicesOf(status, 'Change a wash.', columns)), [
    ['Finished', 'Finished', '끝남'],
    ['Cancelled', 'Cancelled', '취소됨'],
  ])
  assert.deepEqual(said(choicesOf({ ...status, choices: ['Open', 'Closed'] }, 'Change a shop.', [])), [
    ['Open', 'Open', '열림'],
    ['Closed', 'Closed', '닫힘'],
  ])
})
