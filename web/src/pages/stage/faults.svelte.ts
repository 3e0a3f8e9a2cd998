/** The switches of the sandbox: payment that misbehaves, services that stop. */
import { ask } from '../../api/ask'

export type PaymentMode = 'approve' | 'decline' | 'slow' | 'late' | 'down'
export const paymentModes: PaymentMode[] = ['approve', 'decline', 'slow', 'late', 'down']

export class Faults {
  mode = $state<PaymentMode | null>(null)
  /** What was asked for, until the services say so themselves. */
  wanted = $state.raw<Record<string, boolean>>({})
  hasFailed = $state(false)
  #system: string

  constructor(system: string) {
    this.#system = system
  }

  async learn(): Promise<void> {
    const answer = await ask<{ mode: PaymentMode }>({ path: `/${this.#system}/sandbox/payment` })
    if (answer.ok) this.mode = answer.body.mode
  }

  async setMode(mode: PaymentMode): Promise<void> {
    const before = this.mode
    this.mode = mode
    const answer = await ask({ method: 'PUT', path: `/${this.#system}/sandbox/payment`, body: { mode } })
    this.hasFailed = !answer.ok
    if (!answer.ok) this.mode = before
  }

  async setRunning(context: string, running: boolean): Promise<void> {
    this.wanted = { ...this.wanted, [context]: running }
    const answer = await ask({ method: 'PUT', path: `/${this.#system}/sandbox/contexts/${context}`, body: { running } })
    this.hasFailed = !answer.ok
    if (!answer.ok) this.forget(context)
  }

  forget(context: string): void {
    const { [context]: _, ...rest } = this.wanted
    this.wanted = rest
  }
}
