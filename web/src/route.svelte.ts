/** Where one is: the path of the page, and moving between pages without losing the live connection or what was typed. */
import { tick } from 'svelte'
import { systems } from './api/systems.svelte'
import { businessNames } from './systems'

export type Route =
  | { page: 'door' }
  | { page: 'stage'; system: string }
  | { page: 'role'; system: string; role: string }
  | { page: 'board'; system: string }
  | { page: 'unknown' }

function isSystem(name: string): boolean {
  return businessNames.includes(name) || systems.named(name) !== undefined
}

export function routeOf(path: string): Route {
  const [system, page, role, ...rest] = path.split('/').filter((segment) => segment !== '')
  if (system === undefined) return { page: 'door' }
  if (rest.length > 0 || !isSystem(system)) return { page: 'unknown' }
  if (page === undefined) return { page: 'stage', system }
  if (page === 'board' && role === undefined) return { page: 'board', system }
  if (page === 'pages' && role !== undefined) return { page: 'role', system, role }
  return { page: 'unknown' }
}

class Here {
  #path = $state(location.pathname)

  get route(): Route {
    return routeOf(this.#path)
  }

  constructor() {
    addEventListener('popstate', () => {
      this.#path = location.pathname
    })
    addEventListener('click', (event) => this.#click(event))
  }

  go(path: string): void {
    history.pushState(null, '', path)
    this.#path = path
    scrollTo({ top: 0, behavior: 'instant' })
    // Whoever can't see the page hears that it is another one.
    void tick().then(() => document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true }))
  }

  #click(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (link === null || link.target !== '' || link.origin !== location.origin || link.hasAttribute('download')) return
    // A part of this page.
    if (link.hash !== '' && link.pathname === location.pathname) return
    if (routeOf(link.pathname).page === 'unknown') return
    event.preventDefault()
    this.go(link.pathname)
  }
}

export const here = new Here()
