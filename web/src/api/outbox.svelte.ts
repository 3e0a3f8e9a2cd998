/** A request that somebody writes: the draft is kept while it is typed, and the key with it until the server has the last word, across reloads and sign-ins. */
import { untrack } from 'svelte'
import { newKey } from './ask'
import { keep, kept } from './kept'
import { type Phase, Sending } from './sending.svelte'

interface KeptDraft<Draft> {
  draft: Draft
  /** What is on its way, word for word: the same key with another body would be refused. */
  sent?: { key: string; body: unknown }
}

export interface Form<Draft> {
  /** Where it is kept: one draft a name. */
  name: string
  /** The path of the collection that is posted to. */
  path: string
  empty: () => Draft
  body: (draft: Draft) => unknown
}

export class Outbox<Draft extends object, Row> {
  draft: Draft = $state() as Draft
  readonly sending: Sending<Row>
  /** The last one that was placed from here. */
  placed = $state.raw<Row | null>(null)
  #form: Form<Draft>
  #sent: KeptDraft<Draft>['sent']

  constructor(form: Form<Draft>, placed: (row: Row) => void) {
    this.#form = form
    const found = kept<KeptDraft<Draft>>(`draft.${form.name}`)
    // A draft of an older page may lack a field.
    this.draft = { ...form.empty(), ...found?.draft }
    this.#sent = found?.sent
    this.sending = new Sending<Row>((phase) => this.#settled(phase, placed))
  }

  /** Goes on with what was on its way when the page was left. */
  resume(): void {
    if (this.#sent !== undefined) this.#start()
  }

  place(): void {
    if (this.sending.isUnderWay) return
    this.keep()
    this.#sent ??= { key: newKey(), body: this.#body() }
    this.keep()
    this.#start()
  }

  keep(): void {
    // Another text is another wish, with a key of its own.
    const isOther = this.#sent !== undefined && JSON.stringify(this.#sent.body) !== JSON.stringify(this.#body())
    if (isOther && !this.sending.isUnderWay) this.#sent = undefined
    const entry: KeptDraft<Draft> = { draft: $state.snapshot(this.draft) as Draft }
    if (this.#sent !== undefined) entry.sent = this.#sent
    keep(`draft.${this.#form.name}`, entry)
  }

  #body(): unknown {
    return this.#form.body($state.snapshot(this.draft) as Draft)
  }

  #start(): void {
    if (this.#sent !== undefined) this.sending.start({ method: 'POST', path: this.#form.path, ...this.#sent })
  }

  #settled(phase: Phase<Row>, placed: (row: Row) => void): void {
    // Whoever has to sign in first sends the same wish again on coming back.
    if (phase.at === 'signed-out') return this.keep()
    this.#sent = undefined
    if (phase.at === 'done') {
      this.placed = phase.body
      placed(phase.body)
    }
    this.keep()
  }
}

/** An outbox that lives with the component that calls this. */
export function useOutbox<Draft extends object, Row>(form: Form<Draft>, placed: (row: Row) => void = () => {}): Outbox<Draft, Row> {
  const outbox = new Outbox<Draft, Row>(form, placed)
  $effect(() => {
    $state.snapshot(outbox.draft)
    untrack(() => outbox.keep())
  })
  $effect(() => {
    untrack(() => outbox.resume())
    return () => outbox.sending.leave()
  })
  return outbox
}
