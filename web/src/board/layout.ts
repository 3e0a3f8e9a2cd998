/** Lays the board out: frames on a grid, and arrows along the ways between them, each on a track of its own. */
import { type Frame, frame, type Note } from './notes'
import { askId, type Board, eventId, foldId, foldLine, requestContext, whenevers } from './value'

export type LineStyle = 'dotted' | 'solid'

export interface Way {
  /** As `value` names arrows. */
  id: string
  line: LineStyle
  from: string
  to: string
  event: string
  fromNote: string
  toNote: string
  path: string
  /** The same as it is drawn: arrows that end together from their end, so that their dots lie on each other and don't make a solid line. */
  drawn: string
  /** Where the arrow's head is; it always points right. */
  end: [x: number, y: number]
}

export interface Layout {
  width: number
  height: number
  frames: Frame[]
  ways: Way[]
}

/** An arrow before it has a way. Left of a frame arrows end; those of calls begin there, too. */
interface Link {
  id: string
  line: LineStyle
  fromNote: string
  fromLine?: string
  side: 'left' | 'right'
  toNote: string
  toLine?: string
  /** Arrows of one net share their way as far as they can; else it is named by where they begin. */
  net?: string
  event: string
}

interface Cell {
  column: number
  row: number
}

interface End {
  link: Link
  cell: Cell
  frame: Frame
  /** Where it leaves, and where it ends, below the tops of the frames. */
  startY: number
  y: number
}

/** Arrows that share a track: they begin at one event, or end at one view. */
interface Net {
  cell: Cell
  frame: Frame
  side: 'left' | 'right'
  ends: End[]
}

/** A part of a way between frames that a net uses. */
interface Stretch {
  net: Net
  from: number
  to: number
  track: number
}

const TRACK = 7
const EDGE = 12
const NARROW = 10
const ROUND = 5
/** Beyond this many contexts the order of the board is kept: trying all orders would take too long. */
const TRIED_MAX = 7

export function links(board: Board): Link[] {
  const policies = whenevers(board).map((one): Link => ({
    id: one.id,
    line: 'dotted',
    fromNote: eventId(one.source, one.event),
    side: 'right',
    toNote: `policy:${one.context}:${one.kind}:${one.command}`,
    toLine: one.id,
    event: one.event,
  }))
  const folds = board.columns.flatMap((column) =>
    // What a view reads of its own context needs no arrow: it is beside it.
    column.folds.filter((fold) => fold.source !== column.context).flatMap((fold) =>
      fold.events.map((event): Link => {
        const id = foldId(column.context, fold.view, fold.source, event)
        const toLine = foldLine(column.context, fold.view, fold.source)
        return { id, line: 'dotted', fromNote: eventId(fold.source, event), side: 'right', toNote: `view:${column.context}:${fold.view}`, toLine, net: toLine, event }
      }),
    ),
  )
  const asks = board.columns.flatMap((column) =>
    column.sagas.flatMap((saga) =>
      saga.asks.map(([step, to, call], at): Link => {
        const id = askId(column.context, saga.name, at)
        return { id, line: 'solid', fromNote: `saga:${column.context}:${saga.name}`, fromLine: id, side: 'left', toNote: `call:${to}:${call}`, event: step }
      }),
    ),
  )
  return [...asks, ...policies, ...folds]
}

function* orders(items: number[]): Generator<number[]> {
  if (items.length <= 1) {
    yield items
    return
  }
  for (const [at, first] of items.entries()) {
    const others = items.filter((_, place) => place !== at)
    for (const rest of orders(others)) yield [first, ...rest]
  }
}

/** How far an arrow goes, in ways between columns and rows. */
function distance(from: Cell, to: Cell): number {
  const out = from.column + 1
  const sideways = Math.abs(out - to.column)
  return sideways + (sideways === 0 ? 0 : 1) + Math.abs(from.row - to.row) * 0.7
}

/** Which context stands where: where requests are placed comes first, the others so that arrows are short. */
export function order(board: Board, columns: number): string[] {
  const names = board.columns.map((column) => column.context)
  const first = requestContext(board)
  const others = names.filter((name) => name !== first)
  if (names.length > TRIED_MAX) return [first, ...others]
  const counted = new Map<string, number>()
  for (const link of links(board)) {
    const from = link.fromNote.split(':')[1] ?? ''
    const to = link.toNote.split(':')[1] ?? ''
    if (from !== to) counted.set(`${from}>${to}`, (counted.get(`${from}>${to}`) ?? 0) + 1)
  }
  const pairs = [...counted].map(([pair, weight]) => {
    const [from = '', to = ''] = pair.split('>')
    return { from: names.indexOf(from), to: names.indexOf(to), weight }
  }).filter((pair) => pair.from >= 0 && pair.to >= 0)
  const cellAt = (place: number): Cell => ({ column: place % columns, row: Math.floor(place / columns) })
  let best: number[] = []
  let least = Number.POSITIVE_INFINITY
  for (const rest of orders(others.map((name) => names.indexOf(name)))) {
    const tried = [names.indexOf(first), ...rest]
    const cells: Cell[] = []
    tried.forEach((context, place) => (cells[context] = cellAt(place)))
    let cost = 0
    for (const { from, to, weight } of pairs) cost += weight * distance(cells[from] as Cell, cells[to] as Cell)
    if (cost < least) [best, least] = [tried, cost]
  }
  return best.map((context) => names[context] as string)
}

/** Gives each stretch a track so that no two on one track overlap. */
export function assignTracks(stretches: { from: number; to: number; track: number }[], apart: number): number {
  const ends: number[] = []
  const sorted = [...stretches].sort((a, b) => a.from - b.from || b.to - a.to)
  for (const one of sorted) {
    let track = ends.findIndex((end) => end + apart < one.from)
    if (track < 0) track = ends.length
    ends[track] = one.to
    one.track = track
  }
  return ends.length
}

const widthOf = (tracks: number): number => (tracks === 0 ? NARROW : EDGE * 2 + (tracks - 1) * TRACK)

/** Arrows that leave and arrows that arrive never share a height. */
const snapped = (y: number, side: 'left' | 'right'): number => Math.round((y - (side === 'right' ? 3 : 0)) / 6) * 6 + (side === 'right' ? 3 : 0)

export function rounded(points: [number, number][]): string {
  let path = ''
  points.forEach(([x, y], at) => {
    const before = points[at - 1]
    const after = points[at + 1]
    if (before === undefined) path += `M${x} ${y}`
    else if (after === undefined) path += `L${x} ${y}`
    else {
      const into = Math.min(ROUND, Math.hypot(x - before[0], y - before[1]) / 2)
      const out = Math.min(ROUND, Math.hypot(x - after[0], y - after[1]) / 2)
      const [ax, ay] = [x - Math.sign(x - before[0]) * into, y - Math.sign(y - before[1]) * into]
      const [bx, by] = [x + Math.sign(after[0] - x) * out, y + Math.sign(after[1] - y) * out]
      path += `L${ax} ${ay}Q${x} ${y} ${bx} ${by}`
    }
  })
  return path
}

class Grid {
  readonly cells = new Map<string, Cell>()
  readonly frames = new Map<string, Frame>()
  readonly columns: number
  readonly rows: number
  readonly #rowHeights: number[] = []
  #upright: number[]
  #across: number[]

  constructor(board: Board, columns: number) {
    const all = whenevers(board)
    const names = order(board, columns)
    this.columns = Math.min(columns, names.length)
    this.rows = Math.ceil(names.length / columns)
    names.forEach((name, place) => {
      const column = board.columns.find((one) => one.context === name)
      if (column === undefined) return
      this.cells.set(name, { column: place % columns, row: Math.floor(place / columns) })
      this.frames.set(name, frame(board, column, all))
    })
    for (let row = 0; row < this.rows; row++) this.#rowHeights.push(Math.max(0, ...[...this.frames.values()].filter((one) => this.cells.get(one.context)?.row === row).map((one) => one.h)))
    this.#upright = new Array<number>(this.columns + 1).fill(40)
    this.#across = new Array<number>(this.rows + 1).fill(40)
    this.place()
  }

  /** Anew with what the ways between the frames need. */
  widen(upright: number[], across: number[]): void {
    this.#upright = upright
    this.#across = across
    this.place()
  }

  place(): void {
    for (const one of this.frames.values()) {
      const cell = this.cells.get(one.context) as Cell
      one.x = this.uprightAt(cell.column) + (this.#upright[cell.column] as number)
      one.y = this.acrossAt(cell.row) + (this.#across[cell.row] as number)
    }
  }

  /** Where the way left of a column begins. */
  uprightAt(index: number): number {
    let x = 0
    for (let column = 0; column < index; column++) x += (this.#upright[column] as number) + ([...this.frames.values()][0]?.w ?? 0)
    return x
  }

  /** Where the way above a row begins. */
  acrossAt(index: number): number {
    let y = 0
    for (let row = 0; row < index; row++) y += (this.#across[row] as number) + (this.#rowHeights[row] as number)
    return y
  }

  get width(): number {
    return this.uprightAt(this.columns) + (this.#upright[this.columns] as number)
  }

  get height(): number {
    return this.acrossAt(this.rows) + (this.#across[this.rows] as number)
  }
}

function anchor(one: Frame, noteId: string, lineId: string | undefined, side: 'left' | 'right'): number | null {
  const found = one.notes.find((note) => note.id === noteId)
  if (found === undefined) return null
  const y = found.lines.find((line) => line.id === lineId)?.y ?? Math.min(found.h / 2, 22)
  return snapped(found.y + y, side)
}

function netsOf(grid: Grid, all: Link[]): Net[] {
  const nets = new Map<string, Net>()
  for (const link of all) {
    const [from, to] = [link.fromNote.split(':')[1] ?? '', link.toNote.split(':')[1] ?? '']
    const [source, target] = [grid.frames.get(from), grid.frames.get(to)]
    if (source === undefined || target === undefined) continue
    const y = anchor(source, link.fromNote, link.fromLine, link.side)
    const end = anchor(target, link.toNote, link.toLine, 'left')
    if (y === null || end === null) continue
    const key = link.net ?? `${link.fromNote}/${link.fromLine ?? ''}`
    const net = nets.get(key) ?? { cell: grid.cells.get(from) as Cell, frame: source, side: link.side, ends: [] }
    net.ends.push({ link, cell: grid.cells.get(to) as Cell, frame: target, startY: y, y: end })
    nets.set(key, net)
  }
  return [...nets.values()]
}

const outOf = (net: Net): number => net.cell.column + (net.side === 'right' ? 1 : 0)

/** Which way across an arrow takes when it ends in another column. */
function acrossOf(net: Net, end: End, rows: number): number {
  if (end.cell.row > net.cell.row) return net.cell.row + 1
  if (end.cell.row < net.cell.row) return net.cell.row
  const startY = net.ends[0]?.startY ?? 0
  const [above, below] = [startY + end.y, net.frame.h - startY + end.frame.h - end.y]
  // The outermost ways are the last choice: they make the drawing larger.
  const isTop = net.cell.row === 0
  const isBottom = net.cell.row === rows - 1
  if (isTop !== isBottom) return isTop ? net.cell.row + 1 : net.cell.row
  return above < below ? net.cell.row : net.cell.row + 1
}

/** All of one way, upright or across. */
class Between {
  readonly stretches = new Map<Net, Stretch>()

  use(net: Net, ...places: number[]): void {
    const one = this.stretches.get(net) ?? { net, from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY, track: 0 }
    one.from = Math.min(one.from, ...places)
    one.to = Math.max(one.to, ...places)
    this.stretches.set(net, one)
  }

  tracks(apart: number): number {
    return assignTracks([...this.stretches.values()], apart)
  }

  at(net: Net): number {
    return EDGE + (this.stretches.get(net)?.track ?? 0) * TRACK
  }
}

export function layout(board: Board, columns: number): Layout {
  const grid = new Grid(board, Math.max(1, Math.min(columns, board.columns.length)))
  const nets = netsOf(grid, links(board))
  const upright = Array.from({ length: grid.columns + 1 }, () => new Between())
  const across = Array.from({ length: grid.rows + 1 }, () => new Between())
  for (const net of nets) {
    const out = outOf(net)
    for (const end of net.ends) {
      const [y, endY] = [net.frame.y + end.startY, end.frame.y + end.y]
      if (out === end.cell.column) {
        upright[out]?.use(net, y, endY)
        continue
      }
      const row = acrossOf(net, end, grid.rows)
      upright[out]?.use(net, y, grid.acrossAt(row) + 20)
      upright[end.cell.column]?.use(net, grid.acrossAt(row) + 20, endY)
      across[row]?.use(net, out, end.cell.column)
    }
  }
  grid.widen(
    upright.map((one) => widthOf(one.tracks(8))),
    across.map((one) => widthOf(one.tracks(0))),
  )
  const ways = nets.flatMap((net) => {
    const out = outOf(net)
    return net.ends.map((end): Way => {
      const { link } = end
      const start: [number, number] = [net.frame.x + (net.side === 'right' ? net.frame.w : 0), net.frame.y + end.startY]
      const trackX = grid.uprightAt(out) + (upright[out] as Between).at(net)
      const finish: [number, number] = [end.frame.x, end.frame.y + end.y]
      const points: [number, number][] = [start, [trackX, start[1]]]
      if (out !== end.cell.column) {
        const row = acrossOf(net, end, grid.rows)
        const trackY = grid.acrossAt(row) + (across[row] as Between).at(net)
        const endX = grid.uprightAt(end.cell.column) + (upright[end.cell.column] as Between).at(net)
        points.push([trackX, trackY], [endX, trackY], [endX, finish[1]])
      } else points.push([trackX, finish[1]])
      // From the note to the border of its frame, and from the border to the note.
      const own = net.frame.notes.find((note) => note.id === link.fromNote) as Note
      const other = end.frame.notes.find((note) => note.id === link.toNote) as Note
      points.unshift([net.frame.x + own.x + (net.side === 'right' ? own.w : 0), start[1]])
      const head: [number, number] = [end.frame.x + other.x - 1, finish[1]]
      points.push(finish, head)
      const { id, line, event, fromNote, toNote } = link
      const path = rounded(straight(points))
      const drawn = link.net === undefined ? path : rounded(straight([...points].reverse()))
      return { id, line, from: net.frame.context, to: end.frame.context, event, fromNote, toNote, path, drawn, end: head }
    })
  })
  return { width: grid.width, height: grid.height, frames: [...grid.frames.values()], ways }
}

/** Without the points that lie on a straight line between their neighbours. */
export function straight(points: [number, number][]): [number, number][] {
  const once = points.filter(([x, y], at) => at === 0 || x !== points[at - 1]?.[0] || y !== points[at - 1]?.[1])
  return once.filter(([x, y], at) => {
    const [before, after] = [once[at - 1], once[at + 1]]
    if (before === undefined || after === undefined) return true
    return !((before[0] === x && after[0] === x) || (before[1] === y && after[1] === y))
  })
}
