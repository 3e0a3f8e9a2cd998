// Where people sign in: by the form of mode local, and at a real provider of identities.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { promise, sent } from './support/browser.mjs'
import { provide } from './support/provider.mjs'
import { atProvider, fillIn, LOCAL, oidcOf } from './support/sign-in.mjs'
import { freePort, serve } from './support/server.mjs'
import { driver, passenger } from './support/taxi.mjs'
import { until } from './support/until.mjs'

const REFUSED = /a status of 401/
const GONE = /net::ERR_/

let server
before(async () => (server = await serve({ systems: ['taxi'], settings: LOCAL })))
after(() => server?.stop())

promise('who is not signed in is asked to, and comes back to the page they came from', async (windows) => {
  const kim = await windows.open(server, '/taxi/pages/customer', { expects: [REFUSED] })
  await kim.getByText('Please sign in').waitFor()
  assert.equal(await passenger(kim).hail.count(), 0)
  await kim.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await fillIn(kim, 'kim', 'customer')
  await passenger(kim).hail.waitFor()
  assert.equal(new URL(kim.url()).pathname, '/taxi/pages/customer')
  await passenger(kim).hail.click()
  await passenger(kim).requests.getByText('Finding a driver').waitFor()
})

promise('each sees the pages of their own roles and their own requests alone', async (windows) => {
  const lee = await windows.open(server, '/sign-in?return=/taxi/pages/customer', { expects: [REFUSED] })
  await fillIn(lee, 'lee', 'customer')
  await lee.getByText('No taxi hailed yet').waitFor()
  await passenger(lee).hail.click()
  await passenger(lee).requests.getByText('Finding a driver').waitFor()
  assert.equal(await passenger(lee).requests.getByRole('article').count(), 1)
  await lee.getByRole('link', { name: 'Driver' }).click()
  await lee.getByText('You may not use this page').waitFor()
  await lee.getByText('Role needed: Driver').waitFor()
  const park = await windows.open(server, '/sign-in?return=/taxi/pages/driver')
  await fillIn(park, 'park', 'driver')
  await driver(park).open.getByRole('listitem').first().getByRole('button').click()
  await park.getByText('It is yours').waitFor()
})

promise('an operator sees the services and switches on the stage, a customer sees neither', async (windows) => {
  const ann = await windows.open(server, '/sign-in?return=/taxi/', { size: 'desk' })
  await fillIn(ann, 'ann', 'operator')
  await ann.getByRole('switch', { name: /Pickup/ }).waitFor()
  await ann.getByRole('radio', { name: 'Normal' }).waitFor({ state: 'attached' })
  const may = await windows.open(server, '/sign-in?return=/taxi/', { size: 'desk' })
  await fillIn(may, 'may', 'customer')
  await passenger(may).hail.click()
  await may.getByText('You see the events of your own requests.').waitFor()
  await may.getByRole('list', { name: 'What just happened' }).getByText('Payment taken').waitFor()
  assert.equal(await may.getByRole('switch').count(), 0)
})

promise('signing out ends it, and nothing of the last one is left on the page', async (windows) => {
  const choi = await windows.open(server, '/sign-in?return=/taxi/pages/customer', { expects: [REFUSED] })
  await fillIn(choi, 'choi', 'customer')
  await passenger(choi).hail.click()
  await passenger(choi).requests.getByText('Finding a driver').waitFor()
  await choi.getByRole('button', { name: 'Sign out' }).click()
  await choi.getByRole('link', { name: 'Sign in' }).first().waitFor()
  await choi.goto(`${server.url}/taxi/pages/customer`)
  await choi.getByText('Please sign in').waitFor()
  assert.equal(await choi.getByText('Finding a driver').count(), 0)
})

promise('a session that ends while something is typed loses nothing: it is sent once, after signing in again', async (windows) => {
  const mortal = windows.stopLast(await serve({ systems: ['taxi'], settings: LOCAL, port: await freePort() }))
  const han = await windows.open(mortal, '/sign-in?return=/taxi/pages/customer', { expects: [REFUSED, GONE] })
  await fillIn(han, 'han', 'customer')
  await passenger(han).hail.waitFor()
  await passenger(han).to.fill('Half a destina')
  // The key that opens its cookie is gone: to the server this session is over.
  await mortal.kill()
  rmSync(join(mortal.data, 'session.key'))
  await mortal.start()
  await han.getByText('Your session has ended. What you typed is kept.').waitFor()
  await passenger(han).to.fill('Half a destination, and the rest')
  const posts = sent(han, 'POST', '/taxi/catches')
  await passenger(han).hail.click()
  await han.getByText('Everything you wrote is kept. Sign in and it goes on from here.').waitFor()
  await han.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await fillIn(han, 'han', 'customer')
  await passenger(han).requests.getByText('Half a destination, and the rest').waitFor()
  await passenger(han).requests.getByText('Finding a driver').waitFor()
  assert.equal(await passenger(han).requests.getByRole('article').count(), 1)
  assert.deepEqual([posts.length, new Set(posts.map((headers) => headers['idempotency-key'])).size], [2, 1])
})

promise('a browser goes to the provider of identities and comes back signed in to the page it came from', async (windows) => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const provider = windows.stopLast(await provide(`${url}/sign-in/back`))
  const oidc = windows.stopLast(await serve({ systems: ['taxi'], port, settings: oidcOf(provider, url) }))
  const page = await windows.open(oidc, '/taxi/pages/customer', { expects: [REFUSED], others: [provider.issuer] })
  const asked = []
  page.on('request', (request) => {
    const { pathname, searchParams, origin } = new URL(request.url())
    if (origin === provider.issuer && pathname === '/auth') asked.push(searchParams)
  })
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await atProvider(page, 'kim.customer')
  await passenger(page).hail.waitFor()
  assert.equal(page.url(), `${url}/taxi/pages/customer`)
  assert.deepEqual([asked[0].get('response_type'), asked[0].get('code_challenge_method')], ['code', 'S256'])
  assert.ok(asked[0].get('state') && asked[0].get('nonce') && asked[0].get('code_challenge'))
  await passenger(page).hail.click()
  await passenger(page).requests.getByText('Finding a driver').waitFor()
  const cookies = (await page.context().cookies(url)).filter((cookie) => cookie.name.startsWith('nadul'))
  assert.deepEqual(cookies.map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite })), [{ name: 'nadul', httpOnly: true, sameSite: 'Lax' }])
  assert.ok(await page.evaluate(() => !JSON.stringify(localStorage).includes('eyJ')), 'the page keeps no token')
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('link', { name: 'Sign in' }).first().waitFor()
  // Cookies of one host are shared by its ports: the provider's own are left.
  const left = (await page.context().cookies(url)).filter((cookie) => cookie.name.startsWith('nadul'))
  assert.deepEqual(left, [])
})
