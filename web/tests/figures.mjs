// What the pages take, in figures: from a touch on one phone until the other shows it, and what open pages cost the server.
// usage: NADUL_BINARY=… node web/tests/figures.mjs [TOUCHES] [PAGES]
import { readFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { chromium } from 'playwright-core'
import { inParallel, serve } from './support/server.mjs'
import { sizes } from './support/sizes.mjs'
import { driver, hailed, passenger } from './support/taxi.mjs'

const [touches = 100, pages = 1000] = process.argv.slice(2).map(Number)
const SPAN_MS = 10_000
const TICKS_PER_S = 100
const PAGE_BYTES = 4096

const browser = await chromium.launch({ executablePath: process.env.NADUL_CHROMIUM ?? '/usr/bin/chromium' })
const roomy = ['http.connections_max=50000', 'http.streams_max=25000', 'http.access_log_every=0']
const server = await serve({ systems: ['taxi'], settings: roomy })
const open = []
try {
  console.log(`two phones, ${touches} touches each way:`)
  await phones()
  await cost()
  console.log(`two phones while ${pages} other pages are open:`)
  await phones()
} finally {
  for (const request of open) request.destroy()
  await browser.close()
  await server.stop()
}

async function phones() {
  const [kim, park] = await Promise.all([phone('/taxi/pages/customer', 'name.customer', 'Kim'), phone('/taxi/pages/driver', 'name.taxi.driver', 'Park')])
  await driver(park).open.or(park.getByText('Nobody is waiting')).waitFor()
  const [hails, picks] = [[], []]
  for (let touch = 0; touch < touches + 5; touch += 1) {
    const hail = await between(kim, passenger(kim).hail, park, 'ul[aria-label="Open requests"] > li')
    const pick = await between(park, driver(park).open.getByRole('button').first(), kim, 'ul[aria-label="My requests"] > li:first-child .tag.good')
    // The first ones find everything cold.
    if (touch >= 5) {
      hails.push(hail)
      picks.push(pick)
    }
  }
  console.log(`  hail → shown to the driver: ${percentiles(hails)}`)
  console.log(`  pick up → shown to the passenger: ${percentiles(picks)}`)
  await Promise.all([kim.context().close(), park.context().close()])
}

async function phone(path, place, name) {
  const context = await browser.newContext({ viewport: sizes.phone, locale: 'en-GB' })
  await context.addInitScript(([place, name]) => localStorage.setItem(`nadul.${place}`, JSON.stringify(name)), [place, name])
  const page = await context.newPage()
  await page.goto(server.url + path)
  return page
}

/** From the touch on `from` until `to` has painted something new that `selector` finds, in ms; both pages have the clock of this machine. */
async function between(from, button, to, selector) {
  await from.evaluate(() => {
    window.touched = 0
    addEventListener('click', () => (window.touched = performance.timeOrigin + performance.now()), { capture: true, once: true })
  })
  const seen = to.evaluate(async (selector) => {
    const before = new Set(document.querySelectorAll(selector))
    const isThere = () => [...document.querySelectorAll(selector)].some((one) => !before.has(one))
    await new Promise((done) => {
      const observer = new MutationObserver(() => {
        if (!isThere()) return
        observer.disconnect()
        done()
      })
      observer.observe(document.body, { childList: true, subtree: true, attributes: true })
    })
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
    return performance.timeOrigin + performance.now()
  }, selector)
  // Until the page answers this it has begun to look.
  await to.evaluate(() => {})
  await button.click()
  const at = await seen
  return at - (await from.evaluate(() => window.touched))
}

function percentiles(all) {
  const sorted = [...all].sort((a, b) => a - b)
  const at = (share) => Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)])
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms (${sorted.length})`
}

async function cost() {
  const before = memory()
  const idleBefore = await cpu(SPAN_MS)
  const requestBefore = await cpuOfRequests()
  await inParallel(pages, openPage, 50)
  const idle = await cpu(SPAN_MS)
  const after = memory()
  const request = await cpuOfRequests()
  console.log(`${pages} pages open (half of them passengers', three watches each; half drivers', two):`)
  console.log(`  memory: ${mb(before)} MB before, ${mb(after)} MB with them: ${Math.round((after - before) / 1024 / pages)} KB a page`)
  console.log(`  CPU while nothing happens: ${percent(idleBefore)} before, ${percent(idle)} with them`)
  console.log(`  CPU of one request (hailed, paid, listed): ${requestBefore.toFixed(1)} ms before, ${request.toFixed(1)} ms with them, as each driver's page is told`)
}

/** The connection of a page, once everything that it asked for has been sent. */
function openPage(at) {
  const watched = at % 2 === 0 ? ['catches', 'myPages', 'messages'].map((name) => `/taxi/${name}?customer=Open${at}`) : ['/taxi/catchReqLists', '/taxi/pickUps']
  const query = new URLSearchParams()
  for (const path of watched) query.append('watch', path)
  return new Promise((done, failed) => {
    const request = get(`${server.url}/live?${query}`, { agent: new Agent({ keepAlive: false }), headers: { accept: 'text/event-stream' } }, (answer) => {
      if (answer.statusCode !== 200) failed(new Error(`/live answers ${answer.statusCode}`))
      let current = 0
      answer.on('data', (bytes) => {
        current += bytes.toString().split('event: current').length - 1
        if (current >= watched.length) done()
      })
      answer.on('error', () => {})
    })
    request.on('error', failed)
    open.push(request)
  })
}

/** Resident, in bytes. */
function memory() {
  return Number(readFileSync(`/proc/${server.pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES
}

function ticks() {
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return Number(fields[11]) + Number(fields[12])
}

/** Share of one core. */
async function cpu(ms) {
  const began = ticks()
  await new Promise((done) => setTimeout(done, ms))
  return (ticks() - began) / TICKS_PER_S / (ms / 1000)
}

/** In ms, each. */
async function cpuOfRequests() {
  const REQUESTS = 100
  const began = ticks()
  for (let at = 0; at < REQUESTS; at += 1) await hailed(server, 'Elsewhere')
  await new Promise((done) => setTimeout(done, 1000))
  const spent = ((ticks() - began) / TICKS_PER_S) * 1000
  const rows = await server.rows('/taxi/catches?customer=Elsewhere')
  await inParallel(rows.length, (at) => server.must('PATCH', `/taxi/catches/${rows[at].id}`, { status: 'Cancel' }))
  return spent / REQUESTS
}

function mb(bytes) {
  return (bytes / 1024 / 1024).toFixed(0)
}

function percent(share) {
  return `${(share * 100).toFixed(1)} % of a core`
}
