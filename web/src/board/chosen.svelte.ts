/** The request that somebody chose: its entries of all logs, kept up to date while events come. */
import { ask } from '../api/ask'
import { ofRequest } from './follow'
import { entryOf, type LogPage, type Operating } from './operate.svelte'
import type { ParkedEvent } from './parked'
import { parkedIn } from './readParked'
import type { Board, Entry } from './value'

/** Events come in bursts; the logs are read once for each. */
const BURST_MS = 150
/** What is tried again by itself is looked at again a little after, whatever the clock of the server says. */
const RETRY_MS = { least: 500, most: 10_000, behind: 250 }

export class Chosen {
  id = $state<number | null>(null)
  entries = $state.raw<Entry[]>([])
  parked = $state.raw<ParkedEvent[]>([])
  /** How many events with its number are not its own, as far as the logs show. */
  leftOut = $state(0)
  /** Contexts whose logs can't be read now. */
  unread = $state.raw<string[]>([])
  isLoading = $state(false)
  /** Up to which entry one looks; `null`: all. */
  at = $state<number | null>(null)
  #board: Board
  #timer: ReturnType<typeof setTimeout> | undefined
  #retry: ReturnType<typeof setTimeout> | undefined
  /** The times for which it looks again, and how often it did in vain: less and less often, as the browser's clock may be ahead. */
  #retryAt = ''
  #looks = 0
  /** Reads overlap; they are numbered, and none is shown after a later one. */
  #reads = 0
  #shown = 0
  #operating: () => Operating

  constructor(board: Board, operating: () => Operating) {
    this.#board = board
    this.#operating = operating
  }

  choose(id: number | null): void {
    this.id = id
    this.#shown = this.#reads
    this.entries = []
    this.leftOut = 0
    this.parked = []
    this.unread = []
    this.at = null
    this.isLoading = id !== null
    clearTimeout(this.#retry)
    if (id !== null) void this.read()
  }

  /** Something happened: if it concerns the request its logs are read again. */
  heard(entries: Entry[]): void {
    if (this.id === null || !entries.some((entry) => entry.key === this.id)) return
    this.readSoon()
  }

  readSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.read()
    }, BURST_MS)
  }

  async read(): Promise<void> {
    const { id } = this
    if (id === null) return
    this.#reads += 1
    const read = this.#reads
    const { system, columns } = this.#board
    const { running } = this.#operating()
    // A context that is stopped doesn't answer.
    const unread = columns.map(({ context }) => context).filter((context) => running[context] === false)
    const parked: ParkedEvent[] = []
    const logs = await Promise.all(
      columns.map(async ({ context }) => {
        if (unread.includes(context)) return null
        const answer = await ask<LogPage>({ path: `/${system}/operator/contexts/${context}/events?key=${id}` })
        if (!answer.ok) {
          unread.push(context)
          return null
        }
        return answer.body.events.map(({ event, ...rest }) => entryOf(event, rest))
      }),
    )
    // What can't be read now is still set aside, as far as is known.
    const before = this.parked
    await Promise.all(
      columns.map(async ({ context }) => {
        const found = unread.includes(context) ? null : await this.parkedOf(context, id)
        parked.push(...(found ?? before.filter((event) => event.context === context)))
      }),
    )
    if (read <= this.#shown) return
    this.#shown = read
    // What was known of a context that stopped is still true; at least what this page has seen of it.
    const known = this.entries.filter((entry) => unread.includes(entry.source))
    const seen = this.#operating().entries.filter((entry) => entry.key === id && unread.includes(entry.source) && !known.some((one) => one.eventId === entry.eventId))
    const all = [...known, ...seen, ...logs.flatMap((log) => log ?? [])]
    this.entries = ofRequest(this.#board, all)
    this.leftOut = all.length - this.entries.length
    this.parked = parked
    this.unread = unread
    this.isLoading = false
    this.#lookAgain()
  }

  async parkedOf(context: string, id: number): Promise<ParkedEvent[] | null> {
    const parked = await parkedIn(this.#board.system, context)
    return parked?.filter((event) => event.key === id) ?? null
  }

  /** Nothing tells when a try was in vain. */
  #lookAgain(): void {
    clearTimeout(this.#retry)
    const times = this.parked.flatMap(({ retryAt }) => (retryAt === null ? [] : [new Date(retryAt).getTime()]))
    if (times.length === 0) return
    if (times.join() !== this.#retryAt) this.#looks = 0
    this.#retryAt = times.join()
    const pause = Math.min(...times) - Date.now() + RETRY_MS.behind
    const look = (): void => {
      this.#looks += 1
      this.readSoon()
    }
    this.#retry = setTimeout(look, Math.min(Math.max(pause, RETRY_MS.least * 2 ** this.#looks), RETRY_MS.most))
  }

  leave(): void {
    clearTimeout(this.#timer)
    this.choose(null)
  }
}
