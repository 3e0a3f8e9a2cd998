// Waiting for what has no wake-up of its own: looked at again and again, and never for ever.
export const PATIENCE_MS = 20_000
const PAUSE_MS = 25

/** The first value of `look` that is not false, null or undefined. What it throws counts as not yet. */
export async function until(what, look, patience = PATIENCE_MS) {
  const end = Date.now() + patience
  let last
  for (;;) {
    try {
      const found = await look()
      if (found !== false && found !== null && found !== undefined) return found
      last = found
    } catch (error) {
      last = error
    }
    if (Date.now() > end) throw new Error(`not within ${patience} ms: ${what} (last: ${last instanceof Error ? last.message : last})`)
    await new Promise((done) => setTimeout(done, PAUSE_MS))
  }
}
