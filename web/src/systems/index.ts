/** Finds the folders of the businesses: whoever adds one adds nothing here. */
import type { BusinessPages } from './business'

const folders = import.meta.glob<{ default: BusinessPages }>('./*/index.ts')
/** As the door shows them; what is not named comes after. */
const ORDER = ['taxi', 'fruit', 'call-taxi', 'stay', 'bookstore']

/** While one works on the pages, `?generic` shows the five as if they brought none; it holds as long as the tab. */
function areHidden(): boolean {
  if (new URLSearchParams(location.search).has('generic')) sessionStorage.setItem('generic', 'yes')
  return sessionStorage.getItem('generic') !== null
}

const names = (import.meta.env.DEV && areHidden() ? [] : Object.keys(folders)).map((path) => path.split('/')[1] ?? '')
const place = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length)

export const businessNames: readonly string[] = names.sort((a, b) => place(a) - place(b))

const loaded = new Map<string, Promise<BusinessPages>>()

async function load(name: string): Promise<BusinessPages> {
  const own = businessNames.includes(name) ? folders[`./${name}/index.ts`] : undefined
  if (own !== undefined) return (await own()).default
  const { genericPages } = await import('./generic/pages')
  return genericPages(name)
}

/** What a system brings; for one that brings nothing, pages that are made from its documents. */
export function business(name: string): Promise<BusinessPages> {
  let promise = loaded.get(name)
  if (promise === undefined) {
    promise = load(name)
    loaded.set(name, promise)
    // What could not be fetched is asked for again the next time.
    promise.catch(() => loaded.delete(name))
  }
  return promise
}
