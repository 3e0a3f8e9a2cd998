// Where notes stand on the drawing, and the ways of the arrows between them.
import assert from 'node:assert/strict'
import test from 'node:test'
import { assignTracks, layout, order, rounded, straight } from '../layout'
import { wrapped } from '../notes'
import { board } from './board.mjs'

const overlaps = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
const points = (path) => [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)])

for (const columns of [1, 2, 3]) {
  test(`in ${columns} columns no two frames overlap, and all lie inside the drawing`, () => {
    const drawn = layout(board, columns)
    assert.equal(drawn.frames.length, board.columns.length)
    for (const [at, one] of drawn.frames.entries()) {
      assert.ok(one.x >= 0 && one.y >= 0 && one.x + one.w <= drawn.width && one.y + one.h <= drawn.height)
      for (const other of drawn.frames.slice(at + 1)) assert.ok(!overlaps(one, other), `${one.context} and ${other.context}`)
    }
  })

  test(`in ${columns} columns no way runs through a context that is not its own`, () => {
    const drawn = layout(board, columns)
    for (const way of drawn.ways) {
      for (const frame of drawn.frames.filter((frame) => frame.context !== way.from && frame.context !== way.to)) {
        points(way.path).reduce((before, after) => {
          const [left, right] = [Math.min(before[0], after[0]), Math.max(before[0], after[0])]
          const [top, bottom] = [Math.min(before[1], after[1]), Math.max(before[1], after[1])]
          assert.ok(!overlaps({ x: left, y: top, w: right - left, h: bottom - top }, frame), `${way.id} runs through ${frame.context}`)
          return after
        })
      }
    }
  })
}

test('no two notes of a context overlap', () => {
  for (const frame of layout(board, 2).frames) {
    for (const [at, one] of frame.notes.entries()) {
      for (const other of frame.notes.slice(at + 1)) assert.ok(!overlaps(one, other), `${one.id} and ${other.id}`)
    }
  }
})

test('every policy, call and fold with both of its ends has a way; what an event lets pass has none', () => {
  const ids = layout(board, 2).ways.map((way) => way.id)
  assert.equal(ids.filter((id) => id.startsWith('when:')).length, 7)
  assert.equal(ids.filter((id) => id.startsWith('ask:')).length, 2)
  assert.equal(ids.filter((id) => id.startsWith('fold:')).length, 1)
  assert.equal(new Set(ids).size, ids.length)
})

test('where requests are placed comes first, whatever the order of the board', () => {
  assert.equal(order(board, 2)[0], 'order')
  assert.equal(order({ ...board, columns: [...board.columns].reverse() }, 3)[0], 'order')
  const marked = { ...board, columns: board.columns.map((column) => (column.context === 'delivery' ? { ...column, routes: [{ command: 'POST /deliveries', summary: '', places: true }] } : column)) }
  assert.equal(order(marked, 2)[0], 'delivery')
})

test('stretches of one track do not overlap', () => {
  const stretches = [
    [0, 10],
    [5, 20],
    [12, 30],
    [40, 50],
  ].map(([from, to]) => ({ from, to, track: -1 }))
  assert.equal(assignTracks(stretches, 1), 2)
  for (const [at, one] of stretches.entries()) {
    for (const other of stretches.slice(at + 1)) assert.ok(one.track !== other.track || one.to < other.from || other.to < one.from)
  }
})

test('a way is straight where it can be, and rounded at its corners', () => {
  assert.deepEqual(straight([[0, 0], [5, 0], [5, 0], [9, 0], [9, 9]]), [[0, 0], [9, 0], [9, 9]])
  assert.equal(rounded([[0, 0], [20, 0], [20, 20]]), 'M0 0L15 0Q20 0 20 5L20 20')
})

test('a long name goes on where one of its words begins', () => {
  assert.deepEqual(wrapped('ReservationCancelRequested', 20), ['ReservationCancel', 'Requested'])
  assert.deepEqual(wrapped('Paid'), ['Paid'])
})

test('what a view reads of one context comes over one track, and of its own context without an arrow', () => {
  const view = { view: 'myPages@1', source: 'payment', events: ['Paid', 'Refunded'] }
  const columns = board.columns.map((column) => (column.context === 'mypage' ? { ...column, folds: [view, { ...view, source: 'mypage', events: ['Own'] }] } : column))
  const ways = layout({ ...board, columns }, 2).ways.filter((way) => way.id.startsWith('fold:'))
  assert.equal(ways.length, 2)
  assert.deepEqual(ways[0].end, ways[1].end)
  assert.notEqual(ways[0].path, ways[1].path)
})
