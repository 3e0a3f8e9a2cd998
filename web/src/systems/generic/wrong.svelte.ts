/** What is wrong with the fields of a form: missing before it is sent, or as the server says it, until somebody types there again. */
import type { Phase } from '../../api/sending.svelte'
import { type Draft, type Field, missing } from './fields'
import { generic } from './words'

export class Wrong {
  #missing = $state.raw<Record<string, string>>({})
  #typedSince = $state.raw(new Set<string>())

  /** Whether all that is needed is there. */
  check(fields: Field[], draft: Draft): boolean {
    const none = missing(fields, draft)
    this.#missing = Object.fromEntries(none.map((field) => [field.name, generic.words.needed]))
    this.#typedSince = new Set()
    return none.length === 0
  }

  typed(name: string): void {
    this.#typedSince = new Set([...this.#typedSince, name])
  }

  of(name: string, phase: Phase<unknown> | undefined): string | undefined {
    if (this.#typedSince.has(name)) return undefined
    const told = phase?.at === 'refused' ? phase.problem.errors?.find((error) => error.field === name)?.detail : undefined
    return told ?? this.#missing[name]
  }

  /** Whether each error stands beside its field already. */
  static saysAll(fields: Field[], phase: Phase<unknown> | undefined): boolean {
    const errors = phase?.at === 'refused' ? phase.problem.errors : undefined
    return errors !== undefined && errors.length > 0 && errors.every((error) => fields.some((field) => !field.isPerson && field.name === error.field))
  }
}

/** The first field that needs another look gets the cursor. */
export function focusWrong(form: HTMLElement | undefined): void {
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
}
