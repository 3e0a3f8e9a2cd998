// A system that brings no pages: those that are made from its documents when somebody opens them.
import assert from 'node:assert/strict'
import { after, before } from 'node:test'
import { barriers, overflow, promise, sent, settled, speak } from './support/browser.mjs'
import { serveLaundry } from './support/laundry.mjs'
import { sizes } from './support/sizes.mjs'
import { until } from './support/until.mjs'

let server
before(async () => (server = await serveLaundry()))
after(() => server?.stop())

const UNREADABLE = /the server responded with a status of 400/
const UNAVAILABLE = /the server responded with a status of 503/
const REFUSED = /the server responded with a status of 409/
const bring = (customer, pieces = 2) => server.post('/laundry/washes', { customer, pieces })
const form = (page) => ({ pieces: page.getByRole('textbox', { name: 'Pieces' }), send: page.getByRole('button', { name: 'Send' }) })
const wash = (page, id) => page.getByRole('article', { name: `Wash ${id}`, exact: true })
const steps = (page, id) => wash(page, id).getByRole('list', { name: 'Progress' }).getByRole('listitem')

promise('a customer sends a form that begins with an example, the washer sees it on another phone and finishes it, and the timeline ends', async (windows) => {
  const kim = await windows.open(server, '/laundry/pages/customer', { names: { customer: 'Kim' } })
  const lee = await windows.open(server, '/laundry/pages/washer', { names: { 'laundry.washer': 'Lee' } })
  await lee.getByText('Nothing here yet').waitFor()
  await kim.getByRole('heading', { name: 'Bring clothes to be washed' }).waitFor()
  assert.equal(await form(kim).pieces.inputValue(), '3')
  await form(kim).send.click()
  await kim.getByText('Done', { exact: true }).waitFor()
  const [{ id, pieces, price }] = await server.rows('/laundry/washes?customer=Kim')
  assert.deepEqual([pieces, price], [3, 12_000])
  await wash(kim, id).getByText('₩12,000').waitFor()
  await wash(lee, id).getByText('Ordered', { exact: true }).waitFor()
  assert.equal(await lee.getByRole('button', { name: 'Send' }).count(), 0, 'only a customer brings something')
  await wash(lee, id).getByRole('button', { name: 'Finish' }).click()
  await wash(lee, id).getByText('Finished', { exact: true }).waitFor()
  await wash(lee, id).getByRole('button', { name: 'Finish' }).waitFor({ state: 'detached' })
  await until('the timeline ends', async () => (await steps(kim, id).allInnerTexts()).at(-1)?.startsWith('Wash finished'))
  assert.match((await steps(kim, id).allInnerTexts()).join(), /^Wash ordered[^]*Paid[^]*Wash finished/)
  await kim.getByRole('button', { name: /^Messages, 1 new/ }).click()
  await kim.getByText('Your clothes are clean. Come and fetch them.').waitFor()
})

promise('what is wrong with a field is said there, by the page or by the server, until somebody types', async (windows) => {
  const choi = await windows.open(server, '/laundry/pages/customer', { names: { customer: 'Choi' }, expects: [UNREADABLE] })
  const posts = sent(choi, 'POST', '/laundry/washes')
  const { pieces, send } = form(choi)
  const told = async () => ({ isWrong: await pieces.getAttribute('aria-invalid'), hasFocus: await pieces.evaluate((input) => input === document.activeElement) })
  await pieces.fill('')
  await send.click()
  await choi.getByText('Please fill this in').waitFor()
  assert.deepEqual([await told(), posts.length], [{ isWrong: 'true', hasFocus: true }, 0])
  await choi.getByRole('button', { name: 'Fill in an example' }).click()
  assert.equal(await pieces.inputValue(), '3')
  await choi.getByText('Please fill this in').waitFor({ state: 'detached' })
  await pieces.fill('0')
  await send.click()
  await choi.getByText('From 1', { exact: true }).waitFor()
  assert.deepEqual([await told(), posts.length], [{ isWrong: 'true', hasFocus: true }, 0])
  await pieces.fill('three')
  assert.equal(await pieces.getAttribute('aria-invalid'), 'false')
  await send.click()
  await choi.getByText('must be a whole number').waitFor()
  await until('the field has the cursor', async () => (await told()).hasFocus)
  assert.deepEqual([(await told()).isWrong, posts.length], ['true', 1])
  assert.equal(await choi.getByRole('status').filter({ hasText: /\S/ }).count(), 0, 'it is said once')
  assert.deepEqual(await server.rows('/laundry/washes?customer=Choi'), [])
  await pieces.fill('1')
  await choi.getByText('must be a whole number').waitFor({ state: 'detached' })
  await send.click()
  await choi.getByText('₩4,000').waitFor()
})

promise('in Korean a wash is cancelled after a second question, refunded, and the customer is told; what comes too late is refused in words', async (windows) => {
  const { id } = await bring('한나들')
  const late = await bring('한나들')
  const han = await windows.open(server, '/laundry/pages/customer', { language: 'ko', names: { customer: '한나들' } })
  const own = (id) => han.getByRole('article', { name: `세탁 ${id}`, exact: true })
  await own(id).getByRole('button', { name: '취소' }).click()
  await own(id).getByText('되돌릴 수 없을 수 있습니다').waitFor()
  await own(id).getByRole('button', { name: '취소' }).click()
  await own(id).getByText('취소됨', { exact: true }).first().waitFor()
  await until('nothing is left to be done with it', async () => (await own(id).getByRole('button').count()) === 0)
  await until('it is refunded', async () => (await server.get(`/laundry/payments/${id}`)).status === 'Refunded')
  await han.getByRole('button', { name: /^알림, 새 소식 2/ }).click()
  await han.getByText('8000원이 환불되었습니다.').waitFor()
  await han.keyboard.press('Escape')

  const stale = await windows.open(server, '/laundry/pages/washer', { language: 'ko', names: { 'laundry.washer': '이나들' }, expects: [REFUSED] })
  const lates = stale.getByRole('article', { name: `세탁 ${late.id}`, exact: true })
  await lates.getByRole('button', { name: '취소' }).click()
  await server.must('PATCH', `/laundry/washes/${late.id}`, { status: 'Finished' })
  await lates.getByText('끝남', { exact: true }).waitFor()
  await lates.getByRole('button', { name: '취소' }).click()
  await lates.getByText('이미 세탁이 끝났습니다.').waitFor()
})

promise('the stage shows both phones and what happens between them, and a request waits until payment is back', async (windows) => {
  const page = await windows.open(server, '/laundry/', { size: 'desk', names: { customer: 'Jung', 'laundry.washer': 'Lee' }, expects: [UNAVAILABLE] })
  await page.getByRole('heading', { name: 'Laundry', level: 1 }).waitFor()
  await page.getByRole('radio', { name: 'Down' }).check()
  await form(page).send.click()
  await page.getByText('A service this needs is down for a moment').waitFor()
  assert.deepEqual(await server.rows('/laundry/washes?customer=Jung'), [])
  await page.getByRole('radio', { name: 'Normal' }).check()
  const [{ id }] = await until('it went on by itself', async () => {
    const rows = await server.rows('/laundry/washes?customer=Jung')
    return rows.length > 0 && rows
  })
  await until('both phones show it', async () => (await wash(page, id).count()) === 2)
  await wash(page, id).first().getByRole('list', { name: 'Progress' }).getByText('Paid').waitFor()
  await page.getByText('WashOrdered').first().waitFor()
  assert.equal((await server.rows('/laundry/washes?customer=Jung')).length, 1)
})

promise('the door leads to it, and its board opens', async (windows) => {
  const page = await windows.open(server, '/', { size: 'desk' })
  await page.getByRole('link', { name: /Laundry/ }).click()
  await page.getByRole('link', { name: 'Open the full board' }).click()
  await page.getByRole('heading', { name: /Laundry/, level: 1 }).waitFor()
  await page.getByText('WashOrdered').first().waitFor()
})

/** Each language on each window, once light and once dark. */
const LOOKS = [
  ['en', 'dark', 'phone'],
  ['en', 'light', 'desk'],
  ['ko', 'dark', 'desk'],
  ['ko', 'light', 'phone'],
]

for (const path of ['/', '/laundry/', '/laundry/pages/customer', '/laundry/pages/washer', '/laundry/pages/operator']) {
  promise(`${path} of a system without pages has no barrier in either language or brightness, and fits each window`, async (windows) => {
    await bring('Kim Nadul')
    const page = await windows.open(server, path, { names: { customer: 'Kim Nadul', 'laundry.washer': 'Lee' }, hasAxe: true })
    await settled(page)
    const found = []
    for (const [language, theme, size] of LOOKS) {
      await page.setViewportSize(sizes[size])
      await page.emulateMedia({ colorScheme: theme })
      await speak(page, language)
      found.push(...(await barriers(page)).map((one) => `${language} ${theme} ${size}: ${one}`))
      const by = await overflow(page)
      if (by > 0) found.push(`${language} ${size}: wider than the window by ${by} px`)
    }
    assert.deepEqual(found, [])
  })
}
