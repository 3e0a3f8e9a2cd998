// What holds for every page: both languages, light and dark, four widths.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { barriers, overflow, promise, settled, speak } from './support/browser.mjs'
import { NAMES, seed } from './support/seed.mjs'
import { serve } from './support/server.mjs'
import { sizes } from './support/sizes.mjs'

let server
before(async () => {
  server = await serve()
  await seed(server)
})
after(() => server?.stop())

const WIDTHS = [320, 390, 768, 1440]
const ROLES = {
  taxi: ['customer', 'driver'],
  fruit: ['customer', 'courier'],
  'call-taxi': ['customer', 'driver'],
  stay: ['customer', 'host'],
  bookstore: ['customer', 'seller', 'courier'],
}
const paths = ['/', ...Object.entries(ROLES).flatMap(([system, roles]) => [`/${system}/`, ...roles.map((role) => `/${system}/pages/${role}`), `/${system}/board`])]
/** Every pair of language and brightness, half of them on a phone, half on a desk. */
const LOOKS = [
  ['en', 'dark', 'phone'],
  ['en', 'light', 'desk'],
  ['ko', 'light', 'phone'],
  ['ko', 'dark', 'desk'],
]

for (const path of paths) {
  promise(`${path} has no barrier in either language or brightness, and fits each window`, async (windows) => {
    const page = await windows.open(server, path, { names: NAMES, hasAxe: true })
    await settled(page)
    const found = []
    for (const [language, theme, size] of LOOKS) {
      await page.setViewportSize(sizes[size])
      await page.emulateMedia({ colorScheme: theme })
      await speak(page, language)
      found.push(...(await barriers(page)).map((one) => `${language} ${theme} ${size}: ${one}`))
      if (theme === 'dark') continue
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 })
        const by = await overflow(page)
        if (by > 0) found.push(`${language} at ${width} px: wider than the window by ${by} px`)
      }
    }
    assert.deepEqual(found, [])
  })
}

promise('the pages of the server itself have no barrier and fit each window', async (windows) => {
  const local = windows.stopLast(await serve({ systems: ['taxi'], settings: ['access.mode=local'] }))
  const found = []
  for (const language of ['ko', 'en']) {
    for (const path of ['/sign-in', '/problems', '/problems/payment-declined']) {
      const page = await windows.open(local, path, { language, hasAxe: true })
      for (const theme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme: theme })
        found.push(...(await barriers(page)).map((one) => `${path} ${language} ${theme}: ${one}`))
      }
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 })
        const by = await overflow(page)
        if (by > 0) found.push(`${path} ${language} at ${width} px: wider than the window by ${by} px`)
      }
    }
  }
  assert.deepEqual(found, [])
})
