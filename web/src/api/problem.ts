/** What went wrong, as the server says it (RFC 9457) or as the browser notices it. */
export interface Problem {
  /** A path that names the cause, `/problems/…`; empty where no answer came. */
  type: string
  title: string
  status: number
  /** For people, in their language. */
  detail: string
  /** Seconds, where the server names a time to come back. */
  retryAfter?: number
  /** With 503: what is down, too slow or full. */
  reason?: string
  /** Roles that would do, where one is missing. */
  roles?: string[]
  /** What is wrong with which field of the body. */
  errors?: { field?: string; code: string; detail: string }[]
}

/** What somebody can do about it; each kind looks and reads the same everywhere. */
export type ProblemKind =
  | 'unreachable'
  | 'unknown-outcome'
  | 'overloaded'
  | 'declined'
  | 'signed-out'
  | 'not-allowed'
  | 'gone'
  | 'changed'
  | 'refused'
  | 'invalid'
  | 'broken'

export const UNREACHABLE: Problem = { type: '', title: '', status: 0, detail: '' }

export function kindOf(problem: Problem): ProblemKind {
  if (problem.status === 0) return 'unreachable'
  if (problem.type === '/problems/outcome-unknown') return 'unknown-outcome'
  switch (problem.status) {
    case 401:
      return 'signed-out'
    case 402:
      return 'declined'
    case 403:
      return 'not-allowed'
    case 404:
      return 'gone'
    case 409:
      return 'refused'
    case 412:
      return 'changed'
    case 408:
    case 429:
    case 502:
    case 503:
    case 504:
      return 'overloaded'
  }
  return problem.status >= 500 ? 'broken' : 'invalid'
}

/** Those after which the same request may be asked again, with the same key. */
export function isWorthAnotherTry(kind: ProblemKind): boolean {
  return kind === 'unreachable' || kind === 'unknown-outcome' || kind === 'overloaded'
}

export async function readProblem(response: Response): Promise<Problem> {
  const problem: Problem = { type: '', title: response.statusText, status: response.status, detail: '' }
  if (response.headers.get('content-type')?.includes('json')) {
    const body: unknown = await response.json().catch(() => null)
    if (body !== null && typeof body === 'object') Object.assign(problem, body)
  }
  // A proxy may answer in the server's place with a status alone.
  problem.status = response.status
  const seconds = Number(response.headers.get('retry-after'))
  if (Number.isFinite(seconds) && seconds > 0) problem.retryAfter = seconds
  return problem
}
