/** Light or dark: as the device says, or as somebody chose. */
import { keep, kept } from '../api/kept'

export type Theme = 'auto' | 'light' | 'dark'

class CurrentTheme {
  #now = $state<Theme>(kept<Theme>('theme') ?? 'auto')

  get now(): Theme {
    return this.#now
  }

  choose(theme: Theme): void {
    this.#now = theme
    keep('theme', theme === 'auto' ? null : theme)
    this.apply()
  }

  apply(): void {
    const root = document.documentElement
    if (this.#now === 'auto') delete root.dataset.theme
    else root.dataset.theme = this.#now
  }
}

export const theme = new CurrentTheme()
