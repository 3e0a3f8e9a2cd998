// Takes pictures of the pages, each in both languages, light and dark, on a phone and on a desk, into tests/pictures/.
// usage: node tests/look.mjs [ADDRESS] [WORD …]   (only pictures whose name has all the words)
import { mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [address = 'http://127.0.0.1:8088', ...wanted] = process.argv.slice(2)
const folder = new URL('./pictures/', import.meta.url).pathname
mkdirSync(folder, { recursive: true })

const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 }, narrow: { width: 320, height: 640 }, tablet: { width: 768, height: 1024 } }
const ROLES = {
  taxi: ['customer', 'driver'],
  fruit: ['customer', 'courier'],
  'call-taxi': ['customer', 'driver'],
  stay: ['customer', 'host'],
  bookstore: ['customer', 'seller', 'courier'],
  // Brings no pages: docs/laundry.
  laundry: ['customer', 'washer', 'operator'],
}
const { systems } = await (await fetch(address, { headers: { accept: 'application/json' } })).json()
const served = Object.entries(ROLES).filter(([system]) => systems.some(({ name }) => name === system))
const pages = Object.fromEntries([
  ['door', '/'],
  ...served.flatMap(([system, roles]) => [[`${system}-stage`, `/${system}/`], [`${system}-board`, `/${system}/board`], ...roles.map((role) => [`${system}-${role}`, `/${system}/pages/${role}`])]),
])
const looks = [
  ['ko', 'light'],
  ['en', 'dark'],
  ['en', 'light'],
  ['ko', 'dark'],
]

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium' })
for (const [size, viewport] of Object.entries(sizes)) {
  for (const [page, path] of Object.entries(pages)) {
    for (const [language, theme] of looks) {
      const name = [page, size, language, theme].join('-')
      if (!wanted.every((word) => name.includes(word))) continue
      const context = await browser.newContext({ viewport, locale: language === 'ko' ? 'ko-KR' : 'en-GB', colorScheme: theme, reducedMotion: 'reduce' })
      const tab = await context.newPage()
      tab.on('console', (message) => message.type() === 'error' && console.log(`${name}: ${message.text()}`))
      tab.on('pageerror', (error) => console.log(`${name}: ${error.message}`))
      await tab.goto(address + path)
      await tab.locator('main').waitFor()
      await tab.waitForFunction(() => document.querySelector('.skeleton') === null && document.querySelector('main')?.textContent.trim() !== '')
      const overflow = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      if (overflow > 0) console.log(`${name}: wider than the window by ${overflow} px`)
      await tab.screenshot({ path: `${folder}${name}.png`, fullPage: !page.endsWith('stage') || size !== 'desk' })
      await context.close()
    }
  }
}
await browser.close()
