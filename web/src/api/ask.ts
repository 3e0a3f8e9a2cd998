/** Asks the server: one request, one answer or one problem; it never throws. */
import { language } from '../words/language.svelte'
import { type Problem, readProblem, UNREACHABLE } from './problem'

export interface Asked {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  body?: unknown
  /** The Idempotency-Key of a POST: the same for every try of the same wish. */
  key?: string
  signal?: AbortSignal
}

export type Answer<T> = { ok: true; status: number; body: T } | { ok: false; problem: Problem }

/** Longer than any deadline of the server, so that its own answer comes first. */
const PATIENCE_MS = 30_000

export async function ask<T>(asked: Asked): Promise<Answer<T>> {
  const headers = new Headers({ accept: 'application/hal+json, application/json', 'accept-language': language.now })
  if (asked.key !== undefined) headers.set('idempotency-key', asked.key)
  const init: RequestInit = { method: asked.method ?? 'GET', headers, cache: 'no-store' }
  if (asked.body !== undefined) {
    headers.set('content-type', 'application/json')
    init.body = JSON.stringify(asked.body)
  }
  const patience = AbortSignal.timeout(PATIENCE_MS)
  init.signal = asked.signal ? AbortSignal.any([asked.signal, patience]) : patience
  try {
    const response = await fetch(asked.path, init)
    if (!response.ok) return { ok: false, problem: await readProblem(response) }
    const text = await response.text()
    return { ok: true, status: response.status, body: (text === '' ? null : JSON.parse(text)) as T }
  } catch {
    return { ok: false, problem: UNREACHABLE }
  }
}

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 10_000

/** Learns what a page can't begin without: again with a growing pause, until it is known. */
export async function learnFirst(learn: () => Promise<boolean>): Promise<void> {
  let pause = FIRST_PAUSE_MS
  while (!(await learn())) {
    await new Promise((goOn) => setTimeout(goOn, pause))
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
  }
}

/** `crypto.randomUUID` needs https or loopback; a page on a plain address of the house still needs keys. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
