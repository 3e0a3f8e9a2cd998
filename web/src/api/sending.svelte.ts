/** One wish on its way to the server: sent, and where no final answer comes, asked again with the same key until one does or somebody stops it. */
import { type Answer, ask, newKey } from './ask'
import { live } from './live.svelte'
import { me } from './me.svelte'
import { isWorthAnotherTry, kindOf, type Problem, type ProblemKind } from './problem'

export interface Wish {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  body?: unknown
  key?: string
}

export type Phase<T> =
  | { at: 'idle' }
  | { at: 'sending'; since: number; tries: number }
  /** `until`: when it is sent again, ms since 1970, after a pause of so many ms. */
  | { at: 'waiting'; kind: 'overloaded' | 'unknown-outcome' | 'unreachable'; problem: Problem; until: number; pause: number; tries: number }
  | { at: 'signed-out'; problem: Problem }
  | { at: 'refused'; kind: ProblemKind; problem: Problem }
  | { at: 'done'; body: T }

const PAUSE_S = [1, 2, 4, 8, 10]
const DEFAULT_PAUSE_S = 2

function isSame(one: Wish, other: Wish): boolean {
  return one.method === other.method && one.path === other.path && JSON.stringify(one.body) === JSON.stringify(other.body)
}

export class Sending<T = unknown> {
  phase = $state.raw<Phase<T>>({ at: 'idle' })
  /** The last one, until the server had the last word. */
  #wish: Wish | null = null
  #tries = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #stop: AbortController | null = null
  #settled: (phase: Phase<T>) => void
  readonly #online = (): void => {
    if (this.phase.at === 'waiting' && this.phase.kind === 'unreachable') this.tryNow()
  }

  /** `settled` hears the final phases: done, refused, signed out, and idle when it was stopped. */
  constructor(settled: (phase: Phase<T>) => void = () => {}) {
    this.#settled = settled
  }

  get isUnderWay(): boolean {
    return this.phase.at === 'sending' || this.phase.at === 'waiting'
  }

  /** While something is under way another start is ignored: a second touch is no second wish. */
  start(wish: Wish, settled: (phase: Phase<T>) => void = this.#settled): void {
    if (this.isUnderWay) return
    this.#settled = settled
    // What was stopped may have been done, its answer lost: the same wish once more counts once.
    const before = this.#wish !== null && isSame(this.#wish, wish) ? this.#wish.key : undefined
    this.#wish = wish.method === 'POST' && wish.key === undefined ? { ...wish, key: before ?? newKey() } : wish
    this.#tries = 0
    addEventListener('online', this.#online)
    void this.#send()
  }

  tryNow(): void {
    if (this.phase.at !== 'waiting') return
    clearTimeout(this.#timer)
    void this.#send()
  }

  /** Stops asking. What the server did in the meantime it did, and the key of the wish is kept for when it is sent again. */
  cancel(): void {
    this.#stop?.abort()
    this.#end({ at: 'idle' })
  }

  forget(): void {
    if (!this.isUnderWay) this.phase = { at: 'idle' }
  }

  /** The component that showed it is gone; a wish that was kept goes on with the next one. */
  leave(): void {
    clearTimeout(this.#timer)
    removeEventListener('online', this.#online)
    this.#stop?.abort()
  }

  async #send(): Promise<void> {
    const wish = this.#wish
    if (wish === null) return
    this.#tries += 1
    this.phase = { at: 'sending', since: Date.now(), tries: this.#tries }
    const stop = new AbortController()
    this.#stop = stop
    const answer: Answer<T> = await ask<T>({ ...wish, signal: stop.signal })
    if (stop.signal.aborted) return
    if (answer.ok) return this.#end({ at: 'done', body: answer.body })
    const { problem } = answer
    const kind = kindOf(problem)
    if (isWorthAnotherTry(kind)) return this.#wait(kind as 'overloaded', problem)
    if (kind === 'signed-out') {
      void me.learn()
      return this.#end({ at: 'signed-out', problem })
    }
    this.#end({ at: 'refused', kind, problem })
  }

  #wait(kind: 'overloaded' | 'unknown-outcome' | 'unreachable', problem: Problem): void {
    const grown = PAUSE_S[Math.min(this.#tries, PAUSE_S.length) - 1] ?? DEFAULT_PAUSE_S
    const pause = kind === 'unreachable' ? grown : Math.max(problem.retryAfter ?? DEFAULT_PAUSE_S, this.#tries > 3 ? grown : 0)
    this.phase = { at: 'waiting', kind, problem, until: Date.now() + pause * 1000, pause: pause * 1000, tries: this.#tries }
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#send(), pause * 1000)
  }

  #end(phase: Phase<T>): void {
    clearTimeout(this.#timer)
    removeEventListener('online', this.#online)
    // An answer after a silence is the first sign that the server is back.
    if (this.#tries > 1 && phase.at === 'done' && live.connection !== 'live') live.reopenNow()
    if (phase.at === 'done' || phase.at === 'refused') this.#wish = null
    this.phase = phase
    this.#settled(phase)
  }
}
