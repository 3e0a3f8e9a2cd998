/** The states of things at one moment of a request's log, as people read them. */
import type { Entry } from './value'

export interface ThingState {
  key: string
  context: string
  kind: string
  id: number
  /** The variant that the thing is in. */
  name: string
  fields: [name: string, value: string][]
  isKnown: boolean
  /** The last entry changed it. */
  isNew: boolean
}

function flat(value: unknown, prefix = ''): [string, string][] {
  if (value === null || value === undefined) return prefix === '' ? [] : [[prefix, '–']]
  if (typeof value !== 'object') return [[prefix, String(value)]]
  if (Array.isArray(value)) return value.flatMap((one, at) => flat(one, typeof one === 'object' || value.length > 1 ? (prefix === '' ? (typeof one === 'object' ? '' : String(at + 1)) : prefix) : prefix))
  return Object.entries(value).flatMap(([name, inner]) => flat(inner, prefix === '' ? name : `${prefix}.${name}`))
}

/** A state is a word, or a word with what belongs to it. */
export function readState(state: unknown): { name: string; fields: [string, string][] } {
  if (typeof state === 'string') return { name: state, fields: [] }
  if (state !== null && typeof state === 'object' && !Array.isArray(state)) {
    const [only, ...others] = Object.entries(state)
    if (only !== undefined && others.length === 0) return { name: only[0], fields: flat(only[1]) }
    return { name: '', fields: flat(state) }
  }
  return { name: '', fields: flat(state) }
}

/** Of each thing the state behind the last of `entries` that happened to it. */
export function statesAfter(entries: Entry[]): ThingState[] {
  const found = new Map<string, ThingState>()
  entries.forEach((entry, at) => {
    const key = `${entry.source}/${entry.kind ?? ''}/${entry.id ?? ''}`
    const isKnown = entry.state !== null && entry.state !== undefined
    found.set(key, { key, context: entry.source, kind: entry.kind ?? '', id: entry.id ?? entry.key, ...readState(entry.state), isKnown, isNew: at === entries.length - 1 })
  })
  return [...found.values()]
}
