/** The guided tour of a stage: which step it is at, and whether the step is done. It never stands in the way. */
import { keep, kept } from '../../api/kept'
import { me } from '../../api/me.svelte'
import type { BusinessPages, TourStep } from '../../systems/business'
import type { PaymentMode } from '../../api/faults.svelte'
import type { Happening } from './happenings'

export class Tour {
  /** `null`: closed. */
  at = $state<number | null>(null)
  #business: BusinessPages
  /** The time of the newest event when it began; empty: none but those that were there before the page. */
  #began = $state('')

  constructor(business: BusinessPages) {
    this.#business = business
    if (business.tour.length > 0 && kept<string>(this.#place) === null) this.start()
  }

  get steps(): TourStep[] {
    // Who may not change payment is not asked to.
    return this.#business.tour.filter((step) => step.at !== 'payment' || me.now?.sandbox)
  }

  get step(): TourStep | null {
    return this.at === null || me.now === null || me.mustSignIn ? null : (this.steps[this.at] ?? null)
  }

  start(newest = ''): void {
    this.at = 0
    this.#began = newest
  }

  close(): void {
    this.at = null
    keep(this.#place, 'seen')
  }

  next(): void {
    if (this.at === null) return
    if (this.at + 1 < this.steps.length) this.at += 1
    else this.close()
  }

  back(): void {
    if (this.at !== null && this.at > 0) this.at -= 1
  }

  /** `since`: the time of the newest event that was there before the page; `null`: not known yet. */
  isDone(happenings: Happening[], since: string | null, mode: PaymentMode | null): boolean {
    const { step } = this
    if (step === null) return false
    if (step.untilPayment !== undefined) return mode !== null && (mode === 'approve') === (step.untilPayment === 'well')
    const { untilEvent } = step
    if (untilEvent === undefined || since === null) return false
    return happenings.some((one) => one.at > since && one.at > this.#began && untilEvent.includes(one.eventType))
  }

  get #place(): string {
    return `tour.${this.#business.system}`
  }
}
