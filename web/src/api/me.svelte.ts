/** Who the caller is to the server, and what its pages may offer. */
import { ask } from './ask'

export interface Me {
  mode: 'open' | 'local' | 'oidc'
  subject: string | null
  roles: string[]
  signIn: string | null
  signOut: string | null
  /** How long the session is still good for. */
  endsInS?: number
  /** Whether `/SYSTEM/operator` and `/SYSTEM/sandbox` answer this caller. */
  operator: boolean
  sandbox: boolean
}

function standing({ subject, roles }: Me): string {
  return JSON.stringify([subject, roles])
}

class WhoIAm {
  #me = $state.raw<Me | null>(null)
  #ending: ReturnType<typeof setTimeout> | undefined
  /** Who was signed in last on this page. */
  #last: string | null = null
  /** The standing of the last one who could see anything here. */
  #seenBy = ''
  #others: ((isAnother: boolean) => void)[] = []
  /** Set when a session ended under an open page: what was typed is still there. */
  hasEnded = $state(false)
  /** Asked in vain, and never known so far. */
  isMissing = $state(false)

  get now(): Me | null {
    return this.#me
  }

  /** Also after the session ended, so that the page stays the one they were typing on. */
  get subject(): string | null {
    return this.#me?.subject ?? (this.hasEnded ? this.#last : null)
  }

  get isOpen(): boolean {
    return this.#me?.mode === 'open'
  }

  get mustSignIn(): boolean {
    return this.#me !== null && this.#me.mode !== 'open' && this.#me.subject === null
  }

  /** The address that signs in and comes back here. */
  get signInHref(): string {
    const back = location.pathname + location.search
    return `${this.#me?.signIn ?? '/sign-in'}?return=${encodeURIComponent(back)}`
  }

  /** `heard` is told when somebody is signed in or nobody any more. `isAnother`: not the one who was before, or with other roles. */
  whenOther(heard: (isAnother: boolean) => void): void {
    this.#others.push(heard)
  }

  /** `false`: the server can't be reached. */
  async learn(): Promise<boolean> {
    const answer = await ask<Me>({ path: '/me' })
    const before = this.#me
    this.isMissing = !answer.ok && before === null
    if (!answer.ok) return false
    this.#me = answer.body
    const { mode, subject } = answer.body
    this.hasEnded = mode !== 'open' && subject === null && this.#last !== null
    if (subject !== null) this.#last = subject
    clearTimeout(this.#ending)
    if (answer.body.endsInS !== undefined) {
      // Beyond some weeks a timer would fire at once.
      const delay = Math.min(answer.body.endsInS * 1000 + 500, 2 ** 31 - 1)
      this.#ending = setTimeout(() => void this.learn(), delay)
    }
    const now = standing(answer.body)
    const isAnother = !this.mustSignIn && this.#seenBy !== now
    if (!this.mustSignIn) this.#seenBy = now
    if (before !== null && standing(before) !== now) for (const heard of this.#others) heard(isAnother)
    return true
  }
}

export const me = new WhoIAm()
