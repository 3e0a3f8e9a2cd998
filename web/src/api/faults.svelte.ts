/** The switches of the sandbox: payment that misbehaves, services that stop. */
import { ask } from './ask'

export type PaymentMode = 'approve' | 'decline' | 'slow' | 'late' | 'down'
export const paymentModes: PaymentMode[] = ['approve', 'decline', 'slow', 'late', 'down']

export class Faults {
  mode = $state<PaymentMode | null>(null)
  /** What was asked for, until the services say so themselves. */
  wanted = $state.raw<Record<string, boolean>>({})
  hasFailed = $state(false)
  #system: string
  #running: () => Record<string, boolean>
  #mayStop: () => boolean

  /** Made by a component. `running`: what the services say of themselves, by context; one that is missing is not known to this caller. `mayStop`: whether services are stopped and started from here. */
  constructor(system: string, running: () => Record<string, boolean> = () => ({}), mayStop = () => true) {
    this.#system = system
    this.#running = running
    this.#mayStop = mayStop
    $effect(() => {
      for (const [context, wanted] of Object.entries(this.wanted)) if (running()[context] === wanted) this.forget(context)
    })
  }

  /** `undefined`: not known. */
  isUp(context: string): boolean | undefined {
    return this.wanted[context] ?? this.#running()[context]
  }

  get mayStop(): boolean {
    return this.#mayStop()
  }

  /** Those that may be started from here. */
  get stopped(): string[] {
    if (!this.mayStop) return []
    return Object.keys({ ...this.#running(), ...this.wanted }).filter((context) => this.isUp(context) === false)
  }

  get isUnwell(): boolean {
    return this.stopped.length > 0 || this.#isPaymentUnwell
  }

  get #isPaymentUnwell(): boolean {
    return this.mode !== null && this.mode !== 'approve'
  }

  async learn(): Promise<void> {
    const answer = await ask<{ mode: PaymentMode }>({ path: `/${this.#system}/sandbox/payment` })
    if (answer.ok) this.mode = answer.body.mode
  }

  async setMode(mode: PaymentMode): Promise<void> {
    this.hasFailed = !(await this.#putMode(mode))
  }

  async setRunning(context: string, running: boolean): Promise<void> {
    this.hasFailed = !(await this.#putRunning(context, running))
  }

  /** All is well again; one switch that did not turn is a failure, whatever the others did. */
  async clear(): Promise<void> {
    const asked = this.stopped.map((context) => this.#putRunning(context, true))
    if (this.#isPaymentUnwell) asked.push(this.#putMode('approve'))
    this.hasFailed = (await Promise.all(asked)).includes(false)
  }

  forget(context: string): void {
    const { [context]: _, ...rest } = this.wanted
    this.wanted = rest
  }

  async #putMode(mode: PaymentMode): Promise<boolean> {
    const before = this.mode
    this.mode = mode
    const { ok } = await ask({ method: 'PUT', path: `/${this.#system}/sandbox/payment`, body: { mode } })
    if (!ok) this.mode = before
    return ok
  }

  async #putRunning(context: string, running: boolean): Promise<boolean> {
    this.wanted = { ...this.wanted, [context]: running }
    const { ok } = await ask({ method: 'PUT', path: `/${this.#system}/sandbox/contexts/${context}`, body: { running } })
    if (!ok) this.forget(context)
    return ok
  }
}
