/** Short sentences about what just happened to somebody's touch; they go away by themselves. */
import type { Tone } from '../systems/business'

export interface Notice {
  id: number
  tone: Tone
  title: string
  text: string
}

const SHOWN_MS = 7_000

export class Notices {
  all = $state.raw<Notice[]>([])
  #next = 1

  say(tone: Tone, title: string, text = ''): void {
    const id = this.#next
    this.#next += 1
    this.all = [...this.all.filter((notice) => notice.title !== title || notice.text !== text), { id, tone, title, text }].slice(-3)
    setTimeout(() => this.drop(id), SHOWN_MS)
  }

  clear(): void {
    this.all = []
  }

  drop(id: number): void {
    this.all = this.all.filter((notice) => notice.id !== id)
  }
}
