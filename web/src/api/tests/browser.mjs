// A browser as far as the tests of `src/api` need one: its events, what it keeps, a server that is asked, live connections. Imported before all else.
const listeners = new Map()
globalThis.addEventListener = (name, heard) => listeners.set(name, [...(listeners.get(name) ?? []), heard])
globalThis.removeEventListener = (name, heard) => listeners.set(name, (listeners.get(name) ?? []).filter((one) => one !== heard))

/** Something happens to the window. */
export function happens(name, event = {}) {
  for (const heard of listeners.get(name) ?? []) heard(event)
}

const stored = new Map()
globalThis.localStorage = {
  getItem: (name) => stored.get(name) ?? null,
  setItem: (name, value) => stored.set(name, value),
  removeItem: (name) => stored.delete(name),
}
export const kept = (name) => JSON.parse(stored.get(`nadul.${name}`) ?? 'null')
export const keep = (name, value) => stored.set(`nadul.${name}`, JSON.stringify(value))

Object.defineProperty(globalThis, 'navigator', { value: { onLine: true, language: 'en' }, configurable: true })

/** What was asked of the server, oldest first. */
export const asked = []
let answer = () => 'lost'
/** `answers(request)` gives `{ status, body }`, a promise of it, or `'lost'`. */
export function serverAnswers(answers) {
  answer = answers
}
globalThis.fetch = async (path, { method = 'GET', headers, body, signal }) => {
  const request = { path, method, key: headers.get('idempotency-key'), body: body === undefined ? undefined : JSON.parse(body) }
  asked.push(request)
  const aborted = new Promise((_, fail) => signal?.addEventListener('abort', () => fail(new Error('aborted'))))
  const found = await Promise.race([Promise.resolve(answer(request)), aborted])
  if (found === 'lost') throw new TypeError('no connection')
  const { status = 200, body: content = null, headers: others = {} } = found
  return new Response(JSON.stringify(content), { status, headers: { 'content-type': 'application/json', ...others } })
}

/** The live connections that were opened, oldest first. */
export const sources = []
globalThis.EventSource = class {
  static CONNECTING = 0
  static OPEN = 1
  static CLOSED = 2
  readyState = 0
  #heard = new Map()

  constructor(address) {
    const { searchParams } = new URL(address, 'http://here')
    this.watches = searchParams.getAll('watch')
    this.marks = searchParams.getAll('after')
    sources.push(this)
  }

  addEventListener(name, heard) {
    this.#heard.set(name, heard)
  }

  close() {
    this.readyState = 2
  }

  opens() {
    this.readyState = 1
    this.onopen?.({})
  }

  /** The server says something; `id`: the marks of all watches. */
  says(name, data = {}, id = '') {
    this.#heard.get(name)?.({ data: JSON.stringify(data), lastEventId: id })
  }

  /** The connection breaks, or (`isRefused`) the server refuses it. */
  breaks(isRefused = false) {
    this.readyState = isRefused ? 2 : 0
    this.onerror?.({})
  }
}

/** All that waits for nothing but answers is done. */
export async function settled() {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((done) => setImmediate(done))
}
