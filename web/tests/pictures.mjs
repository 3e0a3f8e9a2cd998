// The pictures of README and docs, in docs/pictures. Taken by web/tests/run with NADUL_PICTURES=1.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { after, before } from 'node:test'
import { promise, settled } from './support/browser.mjs'
import { smaller } from './support/png.mjs'
import { NAMES, seed } from './support/seed.mjs'
import { serve } from './support/server.mjs'
import { until } from './support/until.mjs'

const MOST_BYTES = 150_000
const folder = new URL('../../docs/pictures/', import.meta.url).pathname
/** The page, its size, the name of the picture; `shows` is seen on it. */
const pictures = [
  ['/', 'desk', 'door', 'Open now'],
  ['/taxi/', 'desk', 'stage', 'PickupAssigned'],
  ['/taxi/pages/customer', 'phone', 'taxi-customer', 'Finding a driver'],
  ['/taxi/pages/driver', 'phone', 'taxi-driver', 'Pick up'],
  ['/fruit/pages/customer', 'phone', 'fruit-customer', 'On its way'],
  ['/call-taxi/pages/customer', 'phone', 'call-taxi-customer', 'On the way'],
  ['/stay/pages/customer', 'phone', 'stay-customer', 'Hanok with a garden'],
  ['/bookstore/pages/seller', 'phone', 'bookstore-seller', 'Accept'],
  ['/taxi/board', 'desk', 'board', 'PaymentApproved'],
]

let server
before(async () => {
  server = await serve()
  await seed(server, { hasLong: false })
  mkdirSync(folder, { recursive: true })
})
after(() => server?.stop())

for (const [path, size, name, shows] of pictures) {
  promise(`${name}.png shows ${path} as it is, and is small`, async (windows) => {
    const page = await windows.open(server, path, { size, names: NAMES })
    await settled(page)
    await until(`${shows} is seen`, () => page.getByText(shows, { exact: true }).filter({ visible: true }).first().isVisible())
    const picture = smaller(await page.screenshot({ animations: 'disabled' }))
    assert.ok(picture.length < MOST_BYTES, `${name}.png has ${picture.length} bytes`)
    writeFileSync(`${folder}${name}.png`, picture)
  })
}
