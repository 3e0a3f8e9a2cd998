/** Which businesses run here, and whether they are ready. */
import { ask } from './ask'

export interface RunningSystem {
  name: string
  about: string
  prefix: string
  contexts: { name: string; collections: string[]; commands: string[] }[]
  links: [string, string][]
  /** What somebody may be in it. */
  roles?: string[]
}

class Systems {
  running = $state.raw<RunningSystem[] | null>(null)
  ready = $state.raw<Record<string, boolean>>({})
  isUnreachable = $state(false)

  async learn(): Promise<void> {
    const answer = await ask<{ systems: RunningSystem[] }>({ path: '/' })
    this.isUnreachable = !answer.ok
    if (answer.ok) this.running = answer.body.systems
  }

  async learnReady(): Promise<void> {
    const answer = await ask<{ systems?: Record<string, boolean> }>({ path: '/health/ready' })
    if (answer.ok) this.ready = answer.body.systems ?? {}
    else if (answer.problem.status === 0) this.isUnreachable = true
    else this.ready = (answer.problem as { systems?: Record<string, boolean> }).systems ?? {}
  }

  named(name: string): RunningSystem | undefined {
    return this.running?.find((system) => system.name === name)
  }
}

export const systems = new Systems()
