/** Finds the folders of the businesses: whoever adds one adds nothing here. */
import type { BusinessPages } from './business'

const folders = import.meta.glob<{ default: BusinessPages }>('./*/index.ts')
/** As the door shows them; what is not named comes after. */
const ORDER = ['taxi', 'fruit', 'call-taxi', 'stay', 'bookstore']

const names = Object.keys(folders).map((path) => path.split('/')[1] ?? '')
const place = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length)

export const businessNames: readonly string[] = names.sort((a, b) => place(a) - place(b))

const loaded = new Map<string, Promise<BusinessPages>>()

/** `null`: this system brings no pages of its own. */
export function business(name: string): Promise<BusinessPages> | null {
  const load = folders[`./${name}/index.ts`]
  if (load === undefined) return null
  let promise = loaded.get(name)
  if (promise === undefined) loaded.set(name, (promise = load().then((module) => module.default)))
  return promise
}
