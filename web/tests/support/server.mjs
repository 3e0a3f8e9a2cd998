// The binary under test, in a data folder of its own, on a port of its own.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { PATIENCE_MS, until } from './until.mjs'

const binary = process.env.NADUL_BINARY
if (binary === undefined) throw new Error('NADUL_BINARY names the program under test: start the tests with web/tests/run')

const running = new Set()
process.on('exit', () => {
  for (const server of running) server.leave()
})

export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  await once(probe, 'close')
  return port
}

/** `settings`: as `--set` takes them. */
export function serve({ systems = [], settings = [], port = 0 } = {}) {
  return started(['run', ...systems], settings, port)
}

/** `words`: a command of the binary that serves until it is stopped, and what it serves. `program`: another binary that is told where to serve in the same way. */
export async function started(words, settings, port = 0, program = binary) {
  const server = new Server(words, settings, port, program)
  await server.start()
  return server
}

/** A command of the binary that ends by itself. What it said. */
export function ran(words) {
  return promisify(execFile)(binary, words).then(({ stdout }) => stdout)
}

class Server {
  data = mkdtempSync(join(tmpdir(), 'nadul-web-'))
  url = ''
  #child = null
  #words
  #settings
  #port
  #program
  #log = ''

  constructor(words, settings, port, program) {
    this.#program = program
    this.#words = words
    this.#settings = settings
    this.#port = port
  }

  get pid() {
    return this.#child.pid
  }

  /** What it logged, for whoever asks why. */
  get log() {
    return this.#log
  }

  async start() {
    const settings = [`http.gateway_port=${this.#port}`, 'http.context_ports=off', ...this.#settings]
    const flags = settings.flatMap((setting) => ['--set', setting])
    const child = spawn(this.#program, [...this.#words, '--data', this.data, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] })
    this.#child = child
    running.add(this)
    let said = ''
    child.stdout.on('data', (bytes) => (said += bytes))
    child.stderr.on('data', (bytes) => (this.#log = (this.#log + bytes).slice(-20_000)))
    this.url = await until('the server says where it is', () => {
      if (child.exitCode !== null) throw new Error(this.#log)
      return /^nadul [^:]* on (http:\/\/\S+)/m.exec(said)?.[1]
    })
    this.#port = Number(new URL(this.url).port)
    await until('the server is ready', async () => (await fetch(`${this.url}/health/ready`)).ok)
  }

  /** As when the machine loses its power: nothing is finished or flushed. */
  async kill() {
    const child = this.#child
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    }
    running.delete(this)
  }

  /** For when nothing can be waited for. */
  leave() {
    this.#child?.kill('SIGKILL')
    rmSync(this.data, { recursive: true, force: true })
  }

  async stop() {
    await this.kill()
    rmSync(this.data, { recursive: true, force: true })
  }

  async ask(method, path, body, headers = {}) {
    const init = { method, headers: { accept: 'application/json', ...headers }, signal: AbortSignal.timeout(PATIENCE_MS) }
    if (body !== undefined) {
      init.headers['content-type'] = 'application/json'
      init.body = JSON.stringify(body)
    }
    const answer = await fetch(this.url + path, init)
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? null : JSON.parse(text), headers: answer.headers }
  }

  /** Done, or the test is over. */
  async must(method, path, body, headers) {
    const answer = await this.ask(method, path, body, headers)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }

  get(path) {
    return this.must('GET', path)
  }

  post(path, body) {
    return this.must('POST', path, body)
  }

  /** All rows of a collection. */
  async rows(path) {
    const found = []
    let next = path + (path.includes('?') ? '&' : '?') + 'size=200'
    while (next) {
      const { _embedded: embedded, _links: links } = await this.get(next)
      found.push(...Object.values(embedded)[0])
      next = links.next?.href
    }
    return found
  }

  payment(system, mode) {
    return this.must('PUT', `/${system}/sandbox/payment`, { mode })
  }

  context(system, name, isRunning) {
    return this.must('PUT', `/${system}/sandbox/contexts/${name}`, { running: isRunning })
  }
}

/** Many of the same, some at a time. */
export async function inParallel(count, one, atOnce = 24) {
  let next = 0
  const worker = async () => {
    while (next < count) await one(next++)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
