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

  /** `false`: the server can't be reached. */
  async learn(): Promise<boolean> {
    const answer = await ask<{ systems: RunningSystem[] }>({ path: '/' })
    this.isUnreachable = !answer.ok
    if (answer.ok) this.running = answer.body.systems
    return answer.ok
  }

  async learnReady(): Promise<void> {
    const answer = await ask<{ systems?: Record<string, boolean> }>({ path: '/health/ready' })
    this.isUnreachable = !answer.ok && answer.problem.status === 0
    if (this.isUnreachable) return
    this.ready = (answer.ok ? answer.body : (answer.problem as { systems?: Record<string, boolean> })).systems ?? {}
  }

  named(name: string): RunningSystem | undefined {
    return this.running?.find((system) => system.name === name)
  }
}

export const systems = new Systems()
