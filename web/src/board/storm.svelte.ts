/** Many requests at a bounded rate through the public interface, as any client sends them, and what comes back. */
import { SvelteMap } from 'svelte/reactivity'
import { ask, newKey } from '../api/ask'
import { me } from '../api/me.svelte'
import { kindOf } from '../api/problem'
import { percentiles } from './percentiles'
import { placing } from './placing'
import type { Board } from './value'

export const STORM_MAX = 500
/** Browsers open six connections to a host, and the page's own stream is one of them. */
const TOGETHER = 5
const TICK_MS = 50

type OpenApi = Parameters<typeof placing>[1]

export class Storm {
  at = $state<'idle' | 'preparing' | 'blowing'>('idle')
  wanted = $state(0)
  sent = $state(0)
  answered = $state(0)
  /** By kind of answer. */
  answers = new SvelteMap<string, number>()
  latencies = $state.raw<number[]>([])
  /** Answers a second since it began. */
  reached = $state(0)
  cannotPlace = $state(false)
  #board: Board
  #stopped = false
  #made = new Map<string, unknown>()

  constructor(board: Board) {
    this.#board = board
  }

  get latency(): ReturnType<typeof percentiles> {
    return percentiles(this.latencies)
  }

  stop(): void {
    this.#stopped = true
  }

  async start(count: number, rate: number): Promise<void> {
    if (this.at !== 'idle') return
    this.at = 'preparing'
    this.#stopped = false
    this.#made.clear()
    this.wanted = Math.min(count, STORM_MAX)
    this.sent = this.answered = this.reached = 0
    this.latencies = []
    this.answers.clear()
    const document = await ask<OpenApi>({ path: `/${this.#board.system}/openapi.json` })
    const how = document.ok ? placing(this.#board, document.body) : null
    this.cannotPlace = how === null
    if (how !== null) await this.#blow(how, rate)
    this.at = 'idle'
  }

  async #blow(how: NonNullable<ReturnType<typeof placing>>, rate: number): Promise<void> {
    // The browser's own times: this page, busy with drawing, would count its own delay.
    const url = new URL(how.path, location.href).href
    const watch = new PerformanceObserver((list) => {
      const found = list.getEntries().flatMap((entry) => (entry instanceof PerformanceResourceTiming && entry.name === url && entry.responseEnd > 0 ? [entry.responseEnd - entry.requestStart] : []))
      if (found.length > 0) this.latencies = [...this.latencies, ...found]
    })
    watch.observe({ type: 'resource' })
    const began = performance.now()
    const underWay = new Set<Promise<void>>()
    this.at = 'blowing'
    while (this.sent < this.wanted && !this.#stopped) {
      const due = Math.min(this.wanted, Math.floor(((performance.now() - began) / 1000) * rate) + 1)
      while (this.sent < due && underWay.size < TOGETHER && !this.#stopped) {
        this.sent += 1
        const one = this.#place(how).finally(() => underWay.delete(one))
        underWay.add(one)
      }
      const tick = new Promise<void>((resolve) => setTimeout(resolve, TICK_MS))
      await (underWay.size >= TOGETHER ? Promise.race(underWay) : tick)
      this.reached = this.answered / Math.max(0.001, (performance.now() - began) / 1000)
    }
    await Promise.all(underWay)
    setTimeout(() => watch.disconnect(), 1000)
    this.reached = this.answered / Math.max(0.001, (performance.now() - began) / 1000)
  }

  async #place(how: NonNullable<ReturnType<typeof placing>>): Promise<void> {
    const body = { ...how.body }
    for (const field of how.people) body[field] = me.subject ?? 'storm'
    for (const need of how.needs) {
      const id = await this.#make(need)
      if (id !== undefined) body[need.field] = id
    }
    const answer = await ask({ method: 'POST', path: how.path, body, key: newKey() })
    const kind = answer.ok ? 'ok' : kindOf(answer.problem)
    this.answers.set(kind, (this.answers.get(kind) ?? 0) + 1)
    this.answered += 1
  }

  /** What the request is about has to be there first; that is not measured. */
  async #make(need: { path: string; body: Record<string, unknown>; once: boolean }): Promise<unknown> {
    const made = this.#made.get(need.path)
    if (need.once && made !== undefined) return made
    const creating = ask<{ id?: unknown }>({ method: 'POST', path: need.path, body: need.body, key: newKey() }).then((answer) => (answer.ok ? answer.body.id : undefined))
    if (need.once) this.#made.set(need.path, creating)
    return creating
  }
}

const storms = new Map<string, Storm>()

/** It goes on, and its figures stay, while one looks at something else of the board. */
export function stormOf(board: Board): Storm {
  let storm = storms.get(board.system)
  if (storm === undefined) storms.set(board.system, (storm = new Storm(board)))
  return storm
}
