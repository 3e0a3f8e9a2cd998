/** What a request adds to the drawing. */
import type { Path } from './follow'
import type { Entry } from './value'

export interface Marks {
  /** Notes and arrows that are lit, with when. */
  lit: Map<string, string>
  waiting: Set<string>
  expected: Set<string>
  first: string
}

/** `upTo`: the path as far as one looks, `path`: as far as it went. Nothing where nothing happened. */
export function marksOf(entries: Entry[], path: Path, upTo: Path): Marks | null {
  const [first] = entries
  if (first === undefined) return null
  return {
    lit: upTo.lit,
    waiting: new Set(path.waiting.flatMap(({ when }) => [when.id, `policy:${when.context}:${when.kind}:${when.command}`])),
    expected: new Set(path.expected.map((one) => one.id)),
    first: first.timestamp,
  }
}
