/** The process that owns a context, short enough for a drawing: its internal address without the scheme. */
import type { Ownership } from './operate.svelte'

export function ownerOf({ owner }: Ownership): string | null {
  return owner === null ? null : owner.replace(/^https?:\/\//, '')
}
