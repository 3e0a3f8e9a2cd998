// What a visitor finds: the door, the stage with its tour, both languages, the keyboard, many and long rows.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { connections, overflow, promise, settled } from './support/browser.mjs'
import { inParallel, serve } from './support/server.mjs'
import { driver, hailed, passenger } from './support/taxi.mjs'
import { until } from './support/until.mjs'

let server
before(async () => (server = await serve()))
after(() => server?.stop())

const DOORS = { taxi: 'Taxi', fruit: 'Fruit', 'call-taxi': 'Call taxi', stay: 'Stay', bookstore: 'Bookstore' }

promise('the door shows the five businesses and that each is open', async (windows) => {
  await hailed(server, 'Door')
  const page = await windows.open(server, '/')
  for (const [system, name] of Object.entries(DOORS)) {
    const door = page.getByRole('link', { name: new RegExp(`^${name}\\b.*Open now`) })
    assert.equal(await door.getAttribute('href'), `/${system}/`, name)
  }
  await page.getByRole('link', { name: /^Taxi.*Open requests: \d+/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Taxi' }).waitFor()
  assert.equal(new URL(page.url()).pathname, '/taxi/')
  await page.goBack()
  await page.getByRole('link', { name: /^Taxi/ }).waitFor()
})

promise('a business that is not running is shown as closed and leads nowhere', async (windows) => {
  const small = windows.stopLast(await serve({ systems: ['taxi'] }))
  const page = await windows.open(small, '/')
  await page.getByRole('link', { name: /^Taxi.*Open now/ }).waitFor()
  await page.getByText('Not running right now').nth(3).waitFor()
  assert.equal(await page.getByRole('list').getByRole('link').count(), 1)
})

promise('the guided tour leads a first visitor through a ride, a broken payment and back', async (windows) => {
  const page = await windows.open(server, '/taxi/', { size: 'desk', isTouring: true, names: { customer: 'Tourist', 'taxi.driver': 'Guide' }, expects: [/a status of 503/] })
  const next = page.getByRole('button', { name: 'Next', exact: true })
  const done = page.getByText('Done', { exact: true }).filter({ visible: true })
  await page.getByRole('heading', { name: 'Hail a taxi', exact: true }).waitFor()
  await page.getByRole('textbox', { name: 'From' }).fill('The tour')
  await passenger(page).hail.click()
  await done.waitFor()
  await next.click()
  await page.getByRole('heading', { name: 'Pick the passenger up' }).waitFor()
  await driver(page).pick('The tour', 'Seoul Station').click()
  await done.waitFor()
  await next.click()
  await page.getByRole('heading', { name: 'See what happened behind the scenes' }).waitFor()
  const events = page.getByRole('list', { name: 'What just happened' })
  await events.getByText('PickupAssigned').first().waitFor()
  await events.getByText('MoneyHeld').first().waitFor()
  await next.click()
  await page.getByRole('heading', { name: 'Break the payment' }).waitFor()
  await page.getByRole('radio', { name: 'Down' }).check()
  await done.waitFor()
  await passenger(page).hail.click()
  await page.getByText('Payment is busy right now').waitFor()
  await next.click()
  await page.getByRole('heading', { name: 'And put it right' }).waitFor()
  await page.getByRole('radio', { name: 'Normal' }).check()
  await done.waitFor()
  await until('the request that waited got through', async () => (await server.rows('/taxi/catches?customer=Tourist')).length === 2)
  await page.getByRole('button', { name: 'Finish' }).click()
  await page.getByRole('button', { name: 'Tour', exact: true }).waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Tour', exact: true }).click()
  await page.getByRole('heading', { name: 'Hail a taxi', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Close the tour' }).click()
  await page.getByRole('heading', { name: 'Hail a taxi', exact: true }).waitFor({ state: 'detached' })
})

promise('on a phone the stage shows one part at a time, and all of it is there', async (windows) => {
  const page = await windows.open(server, '/taxi/', { names: { customer: 'Small', 'taxi.driver': 'Small' } })
  await passenger(page).hail.waitFor()
  await page.getByRole('radio', { name: 'Behind the scenes' }).check()
  await page.getByRole('heading', { name: 'Services' }).waitFor()
  assert.ok(await passenger(page).hail.isHidden())
  await page.getByRole('radio', { name: 'Driver', exact: true }).check()
  await page.getByRole('radio', { name: /^My passengers/ }).waitFor()
})

promise('the language changes at once, everywhere, and stays', async (windows) => {
  const page = await windows.open(server, '/taxi/pages/customer', { names: { customer: 'Word' } })
  await passenger(page).hail.waitFor()
  await page.getByRole('button', { name: '한국어로 보기' }).click()
  await page.getByRole('button', { name: /원에 택시 부르기$/ }).waitFor()
  assert.equal(await page.locator('html').getAttribute('lang'), 'ko')
  assert.match(await page.title(), /택시 잡기/)
  await page.getByRole('button', { name: /원에 택시 부르기$/ }).click()
  await page.getByRole('list', { name: '내 호출' }).getByText('기사 찾는 중').waitFor()
  await page.reload()
  await page.getByRole('list', { name: '내 호출' }).getByText('기사 찾는 중').waitFor()
  await page.getByRole('button', { name: 'EN: show in English' }).click()
  await passenger(page).requests.getByText('Finding a driver').waitFor()
})

promise('who chose neither language hears the one of the browser', async (windows) => {
  const page = await windows.open(server, '/', { language: 'ko' })
  await page.getByRole('link', { name: /^택시 잡기.*영업 중/ }).waitFor()
})

promise('a brightness that was chosen stays', async (windows) => {
  const page = await windows.open(server, '/')
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  const light = await ground()
  const button = page.getByRole('button', { name: /^Brightness/ })
  await button.click()
  await button.click()
  await page.getByRole('button', { name: 'Brightness: Dark' }).waitFor()
  const dark = await until('it is dark', async () => ((await ground()) !== light ? ground() : null))
  await page.reload()
  await page.getByRole('button', { name: 'Brightness: Dark' }).waitFor()
  assert.equal(await ground(), dark)
})

promise('the whole way from hailing to picking up can be gone with the keyboard alone', async (windows) => {
  const kim = await windows.open(server, '/taxi/pages/customer', { size: 'desk', names: { customer: 'Keys' } })
  await passenger(kim).hail.waitFor()
  await tabTo(kim, /^From$/)
  await kim.keyboard.press('ControlOrMeta+A')
  await kim.keyboard.type('Keyboard Street')
  await tabTo(kim, /^Hail a taxi for/)
  await kim.keyboard.press('Enter')
  await passenger(kim).requests.getByText('Keyboard Street').waitFor()
  const park = await windows.open(server, '/taxi/pages/driver', { size: 'desk', names: { 'taxi.driver': 'Keys' } })
  await driver(park).pick('Keyboard Street', 'Seoul Station').waitFor()
  await tabTo(park, /^Pick up: Keyboard Street/)
  await park.keyboard.press('Enter')
  await driver(park).mine.getByText('Passenger Keys').waitFor()
  await tabTo(kim, /^Cancel request$/)
  await kim.keyboard.press('Enter')
  await until('the question has the focus', async () => (await focused(kim)).name === 'Cancel and refund')
  await kim.keyboard.press('Enter')
  await passenger(kim).requests.getByText('Cancelled', { exact: true }).waitFor()
})

/** Goes on with Tab until what is named so has the focus; each place on the way can be seen to have it. */
async function tabTo(page, name) {
  const MOST = 120
  for (let pressed = 0; pressed < MOST; pressed += 1) {
    await page.keyboard.press('Tab')
    const at = await focused(page)
    if (at.name !== null) assert.ok(at.isVisible, `the focus can't be seen at ${at.name}`)
    if (at.name !== null && name.test(at.name)) return
  }
  assert.fail(`${name} is not reached with ${MOST} steps`)
}

function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement
    if (element === null || element === document.body) return { name: null, isVisible: true }
    const label = element.id === '' ? null : document.querySelector(`label[for="${CSS.escape(element.id)}"]`)
    const name = (element.getAttribute('aria-label') ?? label?.textContent ?? element.textContent ?? '').trim()
    // The ring may be drawn by what stands around a field.
    const rings = [element, element.nextElementSibling, element.parentElement, element.parentElement?.parentElement].filter((one) => one instanceof Element)
    const isVisible = rings.some((one) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
    })
    return { name, isVisible }
  })
}

promise('a page has one live connection, however much it shows', async (windows) => {
  for (const [path, size] of [['/taxi/', 'desk'], ['/taxi/pages/customer', 'phone'], ['/taxi/pages/driver', 'phone']]) {
    const page = await windows.open(server, path, { size, names: { customer: 'Live', 'taxi.driver': 'Live' } })
    await settled(page)
    await until(`${path} has one`, () => connections(page).size === 1)
    await page.goto('about:blank')
    await until(`${path} gives it up`, () => connections(page).size === 0)
  }
})

promise('from door to stage and back no connection is left behind', async (windows) => {
  const page = await windows.open(server, '/', { size: 'desk' })
  for (let visit = 0; visit < 3; visit += 1) {
    await page.getByRole('link', { name: /^Taxi/ }).click()
    await passenger(page).hail.waitFor()
    await until('the stage has one', () => connections(page).size === 1)
    await page.getByRole('link', { name: 'Nadul' }).click()
    await page.getByRole('link', { name: /^Taxi.*Open now/ }).waitFor()
    await until('the door has none', () => connections(page).size === 0)
  }
})

promise('a page whose files can’t be fetched says so, and trying again helps', async (windows) => {
  const page = await windows.open(server, '/', { size: 'desk', expects: [/net::ERR_FAILED/] })
  await page.route('**/pages/assets/Stage*.js', (route) => route.abort())
  await page.getByRole('link', { name: /^Taxi/ }).click()
  await page.getByText('This could not be loaded').waitFor()
  await page.unroute('**/pages/assets/Stage*.js')
  await page.getByRole('button', { name: 'Try again' }).click()
  await passenger(page).hail.waitFor()
})

promise('names as long as a text may be, without a blank, break nothing', async (windows) => {
  const long = 'Weites'.repeat(40)
  await hailed(server, 'Long', { startingPoint: long, destination: '가나다라마바사'.repeat(30), price: 9_007_199_254_740_991 })
  const { id } = await hailed(server, 'Long', { startingPoint: long, destination: 'x'.repeat(1000) })
  await until('it is listed', () => server.get(`/taxi/catchReqLists/${id}`))
  await server.post('/taxi/pickUps', { matchId: id, driver: long.slice(0, 200) })
  for (const width of [320, 390, 1440]) {
    const size = { width, height: 800 }
    const customer = await windows.open(server, '/taxi/pages/customer', { size, names: { customer: 'Long' } })
    await passenger(customer).requests.getByText('Driver found').first().waitFor()
    assert.ok((await overflow(customer)) <= 0, `customer at ${width}`)
    const driving = await windows.open(server, '/taxi/pages/driver', { size, names: { 'taxi.driver': long.slice(0, 200) } })
    await driver(driving).open.getByText('Weites').first().waitFor()
    assert.ok((await overflow(driving)) <= 0, `driver at ${width}`)
  }
})

promise('with a thousand open requests the list is there at once, scrolls, and can be worked on', async (windows) => {
  const busy = windows.stopLast(await serve({ systems: ['taxi'] }))
  await inParallel(1000, (at) => hailed(busy, `Many ${at}`, { price: 10_000 + at }))
  const page = await windows.open(busy, '/', { names: { 'taxi.driver': 'Many' } })
  const began = performance.now()
  await page.goto(`${busy.url}/taxi/pages/driver`)
  await driver(page).open.getByRole('listitem').first().waitFor()
  const FIRST_MS = 5_000
  const took = performance.now() - began
  assert.ok(took < FIRST_MS, `the first row is there after ${Math.round(took)} ms`)
  const all = page.getByRole('radio', { name: /^Open requests 1,000$/ })
  await all.waitFor({ state: 'attached' })
  for (let more = 0; more < 4; more += 1) await page.getByRole('button', { name: /^Show more/ }).click()
  await until('they are shown', async () => (await driver(page).open.getByRole('listitem').count()) === 230)
  const slowest = await scrolled(page)
  const FRAME_MS = 500
  assert.ok(slowest < FRAME_MS, `the longest frame while scrolling took ${Math.round(slowest)} ms`)
  await driver(page).open.getByRole('button').nth(200).click()
  await page.getByText('It is yours').waitFor()
  await page.getByRole('radio', { name: /^Open requests 999$/ }).waitFor({ state: 'attached' })
})

/** Scrolls the page from end to end, a window a frame; the longest frame, in ms. */
function scrolled(page) {
  return page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    let slowest = 0
    let last = await frame()
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
      scrollTo({ top: y, behavior: 'instant' })
      const now = await frame()
      slowest = Math.max(slowest, now - last)
      last = now
    }
    return slowest
  })
}
