/** Colours for a system that names none: one of a few, always the same for the same name. */
import type { Colours } from '../business'

const SETS: Colours[] = [
  { accent: ['#2f7d4f', '#7fcf9f'], onAccent: ['#ffffff', '#08301a'], accentInk: ['#22633d', '#8fdcae'], accentWash: ['#dff2e6', '#16301f'] },
  { accent: ['#8a3f8f', '#dc9fe0'], onAccent: ['#ffffff', '#3a0f3d'], accentInk: ['#76307b', '#e4aee8'], accentWash: ['#f5e4f6', '#341c36'] },
  { accent: ['#3d6480', '#93bcd8'], onAccent: ['#ffffff', '#0c2536'], accentInk: ['#31536b', '#a4cbe5'], accentWash: ['#e1ebf2', '#1a2a36'] },
  { accent: ['#96522f', '#e2a17e'], onAccent: ['#ffffff', '#3b1705'], accentInk: ['#7f4324', '#ecb08f'], accentWash: ['#f6e5db', '#38231a'] },
]

export function coloursOf(system: string): Colours {
  let sum = 0
  for (const letter of system) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973
  const found = SETS[sum % SETS.length] ?? SETS[0]
  if (found === undefined) throw new Error('there are no colours')
  return found
}
