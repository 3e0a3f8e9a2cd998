// A real Chromium. Each window is a device of its own: its own storage, language, brightness and size.
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { chromium } from 'playwright-core'
import { sizes } from './sizes.mjs'
import { PATIENCE_MS, until } from './until.mjs'

const TEST_MS = 90_000
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Another bundle than the binary's, `vite build --outDir`: to try pages without building the binary anew. */
const bundle = process.env.NADUL_PAGES

let browser = null
const held = new WeakMap()
after(() => browser?.close())

/** A test. No page of it may have logged an error, thrown one or asked another host. */
export function promise(name, body) {
  test(name, { timeout: TEST_MS }, async () => {
    browser ??= await chromium.launch({ executablePath: process.env.NADUL_CHROMIUM ?? '/usr/bin/chromium' })
    const windows = new Windows(name)
    try {
      await body(windows)
      windows.verify()
    } catch (error) {
      await windows.remember()
      throw windows.faults.length > 0 ? new Error(`${error.message}\nin the windows: ${windows.faults.join('\n')}`, { cause: error }) : error
    } finally {
      await windows.close()
    }
  })
}

class Windows {
  faults = []
  #name
  #contexts = []
  #servers = []

  constructor(name) {
    this.#name = name
  }

  /** `names`: as whom its user goes, by what the browser keeps, such as `{ customer: 'Kim', 'taxi.driver': 'Lee' }`. `isTouring`: the first visit's tour is open. `expects`: errors that belong to the test. `others`: origins that it may be led to. */
  async open(server, path, { size = 'phone', language = 'en', theme = 'light', names = {}, isTouring = false, motion = 'reduce', hasAxe = false, expects = [], others = [] } = {}) {
    const viewport = typeof size === 'string' ? sizes[size] : size
    const locale = language === 'ko' ? 'ko-KR' : 'en-GB'
    const context = await browser.newContext({ viewport, locale, timezoneId: 'Asia/Seoul', colorScheme: theme, reducedMotion: motion, hasTouch: size === 'phone' })
    context.setDefaultTimeout(PATIENCE_MS)
    this.#contexts.push(context)
    const kept = Object.fromEntries(Object.entries(names).map(([role, name]) => [`nadul.name.${role}`, JSON.stringify(name)]))
    if (!isTouring) for (const system of ['taxi', 'fruit', 'call-taxi', 'stay', 'bookstore', 'laundry']) kept[`nadul.tour.${system}`] = '"seen"'
    await context.addInitScript((kept) => {
      if (!location.protocol.startsWith('http')) return
      for (const [name, value] of Object.entries(kept)) if (localStorage.getItem(name) === null) localStorage.setItem(name, value)
    }, kept)
    if (hasAxe) await context.addInitScript({ content: axe })
    if (bundle !== undefined) await serveBundle(context)
    const page = await context.newPage()
    this.#watch(page, [new URL(server.url).origin, ...others], expects)
    await page.goto(server.url + path)
    return page
  }

  #watch(page, origins, expects) {
    const isOurs = (url) => url.startsWith(origins[0])
    const live = new Set()
    held.set(page, live)
    page.on('requestfinished', (request) => live.delete(request))
    page.on('requestfailed', (request) => live.delete(request))
    const fault = (text) => {
      if (!expects.some((expected) => expected.test(text))) this.faults.push(text)
    }
    page.on('console', (message) => {
      const { url } = message.location()
      if (message.type() === 'error' && (url === '' || isOurs(url))) fault(`${message.text()} (${url})`)
    })
    page.on('pageerror', (error) => fault(error.stack ?? error.message))
    page.on('request', (request) => {
      const url = new URL(request.url())
      if (url.pathname === '/live') live.add(request)
      if (!url.protocol.startsWith('http') || origins.includes(url.origin)) return
      // What the pages of a provider of identities ask for is theirs.
      if (isOurs(request.frame().url())) fault(`asked another host: ${request.url()}`)
    })
  }

  /** Stops a server once the windows are closed: a page that is open says that its server is gone. */
  stopLast(server) {
    this.#servers.unshift(server)
    return server
  }

  verify() {
    if (this.faults.length > 0) throw new Error(`in the windows: ${this.faults.join('\n')}`)
  }

  /** A picture of each window, for whoever looks for the cause. */
  async remember() {
    const folder = process.env.NADUL_TEST_FOLDER
    if (folder === undefined) return
    mkdirSync(join(folder, 'failed'), { recursive: true })
    const pages = this.#contexts.flatMap((context) => context.pages())
    const name = this.#name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    await Promise.all(pages.map((page, place) => page.screenshot({ path: join(folder, 'failed', `${name}-${place + 1}.png`), timeout: 5_000 }).catch(() => {})))
  }

  async close() {
    await Promise.all(this.#contexts.map((context) => context.close()))
    for (const server of this.#servers) await server.stop()
  }
}

async function serveBundle(context) {
  const file = (path) => {
    try {
      return readFileSync(join(bundle, path))
    } catch {
      return null
    }
  }
  const types = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' }
  await context.route('**/pages/assets/*', (route) => {
    const path = new URL(route.request().url()).pathname
    const body = file(path)
    return body === null ? route.fallback() : route.fulfill({ body, contentType: types[path.split('.').pop()] ?? 'application/octet-stream' })
  })
  await context.route(
    () => true,
    async (route) => {
      if (route.request().resourceType() !== 'document' || route.request().method() !== 'GET') return route.fallback()
      const response = await route.fetch({ maxRedirects: 0 }).catch(() => null)
      if (response === null) return route.abort()
      const text = await response.text()
      return route.fulfill({ response, body: text.includes('/pages/assets/') ? file('index.html') : text })
    },
  )
}

/** What axe finds that keeps somebody from using the page. */
export async function barriers(page) {
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] })
    return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary}`).join(' | ')}`)
  })
}

/** By how many pixels the page is wider than its window. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
}

/** The page has what it shows: nothing is being loaded any more. */
export async function settled(page) {
  await page.waitForFunction(() => document.querySelector('.skeleton') === null && (document.querySelector('main')?.textContent ?? '').trim() !== '')
}

/** The `/live` connections that the page holds. */
export function connections(page) {
  return held.get(page)
}

/** What a page sends to a path: each time, with its headers. */
export function sent(page, method, path) {
  const all = []
  page.on('request', (request) => {
    if (request.method() === method && new URL(request.url()).pathname === path) all.push(request.headers())
  })
  return all
}

/** By the button that every page has. */
export async function speak(page, language) {
  const lang = page.locator('html')
  if ((await lang.getAttribute('lang')) === language) return
  await page.getByRole('button', { name: language === 'ko' ? '한국어로 보기' : 'EN: show in English' }).click()
  await until('it speaks the other language', async () => (await lang.getAttribute('lang')) === language)
}
