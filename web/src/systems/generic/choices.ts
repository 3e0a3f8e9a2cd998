/** What a command may set a status to, and what the button of each says. */
import type { Both } from '../../words/language.svelte'
import type { Column } from './described'
import type { Field } from './fields'
import { said } from './names'

export interface Choice {
  value: string
  words: Both
}

/** Up to the first comma: the rest of the sentence explains. */
export function label(about: string): string {
  return (about.split(/[.,;]/)[0] ?? about).trim()
}

/** `Finished` is what "Finish or cancel a wash." calls "Finish". */
function wordOf(value: string, about: string): string | undefined {
  return about.split(/\W+/).find((word) => word.length > 3 && value.toLowerCase().startsWith(word.toLowerCase()))
}

/** What the document gives as the example is what the command is about; else it is what the sentence names; else what rows of this kind become. */
export function choicesOf(field: Field, about: string, columns: Column[]): Choice[] {
  if (field.choices.length === 0 && typeof field.example === 'string') return [{ value: field.example, words: { ko: label(about), en: label(about) } }]
  // The first of its statuses is what a row begins as.
  const all = field.choices.length > 0 ? field.choices : (columns.find((column) => column.name === field.name)?.choices.slice(1) ?? [])
  const named = all.filter((value) => wordOf(value, about) !== undefined)
  return (named.length > 0 ? named : all).map((value) => ({ value, words: said(wordOf(value, about) ?? value) }))
}
