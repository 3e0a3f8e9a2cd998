// Events that the taxi's requests can't apply: set aside soon, listed, and shown on the board.

export const SOON_ASIDE = ['runtime.poison_pause_ms=10', 'runtime.poison_retries=2']

export const parkedAt = async (server) => (await server.get('/taxi/operator/contexts/catch/parked')).parked

/** What is set aside, as the request's panel shows it. */
export async function aside(page, id) {
  await page.getByRole('region', { name: 'Events set aside' }).getByRole('button', { name: new RegExp(`Request #${id}`) }).click()
  await page.getByRole('heading', { name: `Request ${id}` }).waitFor()
  return page.getByRole('group', { name: 'Set aside: Request' })
}
