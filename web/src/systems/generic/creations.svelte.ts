/** What is made from a row, such as an order from a book: one draft a command, kept with its key until the server has the last word, so that it counts once. */
import { type Outbox, useOutbox } from '../../api/outbox.svelte'
import { begun, bodyOf, type Draft } from './fields'
import type { RowCommand } from './roles'

export class Creation {
  readonly #outbox: Outbox<Draft, unknown>
  readonly #bound: string

  constructor(outbox: Outbox<Draft, unknown>, bound: string) {
    this.#outbox = outbox
    this.#bound = bound
  }

  /** What a form about this row begins with: what was typed last, whichever row it was for. */
  get draft(): Draft {
    return this.#outbox.draft
  }

  /** How it stands, whichever row it is about. */
  get sending(): Outbox<Draft, unknown>['sending'] {
    return this.#outbox.sending
  }

  get isUnderWay(): boolean {
    return this.sending.isUnderWay
  }

  /** How it stands, if it is about this row. */
  of(row: unknown): Outbox<Draft, unknown>['sending'] | undefined {
    return this.#outbox.draft[this.#bound] === String(row) ? this.sending : undefined
  }

  make(row: unknown, typed: Draft): void {
    if (this.isUnderWay) return
    this.#outbox.draft = { ...typed, [this.#bound]: String(row) }
    this.#outbox.place()
  }
}

/** By the id of the command. What was on its way when the page was left goes on, also where its row is not listed any more. */
export function useCreations(system: string, commands: RowCommand[], who: string, done: () => void): Map<string, Creation> {
  const all = new Map<string, Creation>()
  for (const { command, bound } of commands) {
    if (bound === null || command.method !== 'POST' || command.path !== `/${command.collection}`) continue
    const outbox = useOutbox<Draft, unknown>({ name: `${system}.${command.id}.${who}`, path: `/${system}${command.path}`, empty: () => begun(command.fields), body: (draft) => bodyOf(command.fields, draft, who) }, done)
    all.set(command.id, new Creation(outbox, bound))
  }
  return all
}
