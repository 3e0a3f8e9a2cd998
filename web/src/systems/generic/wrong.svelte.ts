/** What is wrong with the fields of a form: what is seen before it is sent, or as the server says it, until somebody types there again. */
import type { Phase } from '../../api/sending.svelte'
import { count } from '../../words/format'
import { type Draft, fault, type Field } from './fields'
import { generic } from './words'

function said(field: Field, text: string): string {
  switch (fault(field, text)) {
    case 'missing':
      return generic.words.needed
    case 'less':
      return generic.words.least(count(field.min ?? 0))
    case 'more':
      return generic.words.most(count(field.max ?? 0))
    default:
      return ''
  }
}

export class Wrong {
  #seen = $state.raw<Record<string, string>>({})
  #typedSince = $state.raw(new Set<string>())

  /** Whether it may be sent. */
  check(fields: Field[], draft: Draft): boolean {
    const seen = fields.map((field) => [field.name, said(field, draft[field.name] ?? '')] as const).filter(([, text]) => text !== '')
    this.#seen = Object.fromEntries(seen)
    // What the server said of a field that was mended since is over, until it answers again.
    this.#typedSince = new Set(seen.length === 0 ? [] : [...this.#typedSince].filter((name) => this.#seen[name] === undefined))
    return seen.length === 0
  }

  typed(name: string): void {
    this.#typedSince = new Set([...this.#typedSince, name])
  }

  of(name: string, phase: Phase<unknown> | undefined): string | undefined {
    if (this.#typedSince.has(name)) return undefined
    const told = phase?.at === 'refused' ? phase.problem.errors?.find((error) => error.field === name)?.detail : undefined
    return this.#seen[name] ?? told
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
