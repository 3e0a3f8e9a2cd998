/** As whom somebody uses a page: their own name where people sign in, a chosen one where nobody does. */
import { SvelteMap } from 'svelte/reactivity'
import { spoken } from '../words/language.svelte'
import type { RolePages } from '../systems/business'
import { keep, kept } from './kept'
import { me } from './me.svelte'

class Who {
  #names = new SvelteMap<string, string>()

  /** The name in the requests of this role. */
  name(system: string, role: RolePages): string {
    if (me.subject !== null) return me.subject
    const place = this.#place(system, role)
    const chosen = this.#names.get(place) ?? kept<string>(place)
    if (chosen !== null) return chosen
    // Kept at once: whoever changes the language later is still the same person.
    const given = spoken(role.defaultName)
    keep(place, given)
    return given
  }

  choose(system: string, role: RolePages, name: string): void {
    const chosen = name.trim()
    const place = this.#place(system, role)
    keep(place, chosen === '' ? null : chosen)
    if (chosen === '') this.#names.delete(place)
    else this.#names.set(place, chosen)
  }

  may(role: string): boolean {
    // Somebody whose session ended goes on seeing the page they were on.
    return me.isOpen || me.hasEnded || (me.now?.roles.includes(role) ?? false)
  }

  /** One customer is the same person in every business; a driver of one is nobody in another. */
  #place(system: string, role: RolePages): string {
    return role.name === 'customer' ? 'name.customer' : `name.${system}.${role.name}`
  }
}

export const who = new Who()
