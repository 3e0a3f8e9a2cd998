/** The context map: which context follows which, and how. */
import type { Board } from './value'

export interface Relation {
  /** What `to` hears or asks is `from`'s. */
  from: string
  to: string
  how: 'hears' | 'asks' | 'reads'
  /** Events or calls. */
  what: string[]
}

export function relations(board: Board): Relation[] {
  const found = new Map<string, Relation>()
  const add = (from: string, to: string, how: Relation['how'], what: string): void => {
    if (from === to) return
    const key = `${from}>${to}:${how}`
    const one = found.get(key) ?? { from, to, how, what: [] }
    if (!one.what.includes(what)) one.what.push(what)
    found.set(key, one)
  }
  for (const column of board.columns) {
    // Whoever asks depends on who answers.
    for (const saga of column.sagas) for (const [, to, call] of saga.asks) add(to, column.context, 'asks', call)
    for (const fold of column.folds) for (const event of fold.events) add(fold.source, column.context, 'reads', event)
  }
  for (const arrow of board.arrows) if (arrow.commands.length > 0) add(arrow.source, arrow.context, 'hears', arrow.event)
  return [...found.values()]
}

/** A context on the map; `x` and `y` are its middle. */
export interface Box {
  context: string
  x: number
  y: number
}

export interface Size {
  width: number
  height: number
}
/** On a desk, and on a phone. */
export const WIDE: Size = { width: 920, height: 560 }
export const TALL: Size = { width: 500, height: 680 }
export const BOX_WIDTH = 148
export const BOX_HEIGHT = 60

/** The contexts on a ring, the first one on the left. */
export function boxes(contexts: string[], { width, height }: Size = WIDE): Box[] {
  const [rx, ry] = [(width - BOX_WIDTH) / 2 - width / 26, (height - BOX_HEIGHT) / 2 - 30]
  return contexts.map((context, at) => {
    const angle = Math.PI + (2 * Math.PI * at) / contexts.length
    return { context, x: Math.round(width / 2 + rx * Math.cos(angle)), y: Math.round(height / 2 + ry * Math.sin(angle)) }
  })
}

/** Where the line from the middle of a box to a point leaves the box. */
export function border(box: Box, x: number, y: number, gap = 4): [number, number] {
  const [dx, dy] = [x - box.x, y - box.y]
  const [w, h] = [BOX_WIDTH / 2 + gap, BOX_HEIGHT / 2 + gap]
  const scale = Math.min(dx === 0 ? Number.POSITIVE_INFINITY : w / Math.abs(dx), dy === 0 ? Number.POSITIVE_INFINITY : h / Math.abs(dy))
  return [box.x + dx * scale, box.y + dy * scale]
}

export interface Curve {
  path: string
  label: [x: number, y: number]
  head: [x: number, y: number]
  /** In degrees. */
  turn: number
}

/** Bent to one side, so that the two directions of a pair, and two ways of one direction, don't cover each other. */
export function curve(from: Box, to: Box, bend: number): Curve {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = Math.hypot(dx, dy) || 1
  const [cx, cy] = [(from.x + to.x) / 2 - (dy / length) * bend, (from.y + to.y) / 2 + (dx / length) * bend]
  const [sx, sy] = border(from, cx, cy)
  const [ex, ey] = border(to, cx, cy, 8)
  const round = (value: number): number => Math.round(value * 10) / 10
  return {
    path: `M${round(sx)} ${round(sy)}Q${round(cx)} ${round(cy)} ${round(ex)} ${round(ey)}`,
    label: [round(sx / 4 + cx / 2 + ex / 4), round(sy / 4 + cy / 2 + ey / 4)],
    head: [round(ex), round(ey)],
    turn: round((Math.atan2(ey - cy, ex - cx) * 180) / Math.PI),
  }
}
