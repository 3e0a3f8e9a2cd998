/** A request that somebody writes: the draft is kept while it is typed, and the key with it until the server has the last word, across reloads and sign-ins. */
import { untrack } from 'svelte'
import { newKey } from './ask'
import { keep, kept } from './kept'
import { type Phase, Sending } from './sending.svelte'

interface KeptDraft<Draft> {
  draft: Draft
  /** What is on its way, word for word: the same key with another body would be refused. One that is stopped goes out only when it is placed again. */
  sent?: { key: string; body: unknown; isStopped?: boolean }
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
    if (this.#sent !== undefined && !this.#sent.isStopped) this.#send(this.#sent)
  }

  place(): void {
    if (this.sending.isUnderWay) return
    const body = this.#body()
    // Without an answer the last one may have been done. The same once more has its key and counts once; another text is another wish.
    const key = JSON.stringify(this.#sent?.body) === JSON.stringify(body) ? this.#sent?.key : undefined
    this.#sent = { key: key ?? newKey(), body }
    this.#write()
    this.#send(this.#sent)
  }

  /** The draft as it is now. Whoever changes it does not mean what was sent before to go out by itself. */
  keep(): void {
    if (this.#sent !== undefined && !this.sending.isUnderWay && JSON.stringify(this.#sent.body) !== JSON.stringify(this.#body())) this.#sent.isStopped = true
    this.#write()
  }

  #write(): void {
    const entry: KeptDraft<Draft> = { draft: $state.snapshot(this.draft) as Draft }
    if (this.#sent !== undefined) entry.sent = this.#sent
    keep(`draft.${this.#form.name}`, entry)
  }

  #body(): unknown {
    return this.#form.body($state.snapshot(this.draft) as Draft)
  }

  #send({ key, body }: { key: string; body: unknown }): void {
    this.sending.start({ method: 'POST', path: this.#form.path, key, body })
  }

  #settled(phase: Phase<Row>, placed: (row: Row) => void): void {
    // Whoever has to sign in first sends the same wish again on coming back; one that was stopped waits for them.
    if (phase.at === 'idle' && this.#sent !== undefined) this.#sent.isStopped = true
    if (phase.at === 'done' || phase.at === 'refused') this.#sent = undefined
    if (phase.at === 'done') {
      this.placed = phase.body
      placed(phase.body)
    }
    this.#write()
  }
}

/** An outbox that lives with the component that calls this. */
export function useOutbox<Draft extends object, Row>(form: Form<Draft>, placed: (row: Row) => void = () => {}): Outbox<Draft, Row> {
  const outbox = new Outbox<Draft, Row>(form, placed)
  // At once: what the form does to its draft comes after, and finds it under way.
  untrack(() => outbox.resume())
  $effect(() => {
    $state.snapshot(outbox.draft)
    untrack(() => outbox.keep())
  })
  $effect(() => () => outbox.sending.leave())
  return outbox
}
