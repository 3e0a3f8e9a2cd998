/** Which language the page speaks. */
import { keep, kept } from '../api/kept'

export type Language = 'ko' | 'en'

/** The same thing said in both languages. */
export interface Both<T = string> {
  ko: T
  en: T
}

function preferred(): Language {
  const chosen = kept<Language>('language')
  if (chosen === 'ko' || chosen === 'en') return chosen
  return navigator.language.toLowerCase().startsWith('ko') ? 'ko' : 'en'
}

class CurrentLanguage {
  #now = $state<Language>(preferred())

  get now(): Language {
    return this.#now
  }

  choose(language: Language): void {
    this.#now = language
    keep('language', language)
  }
}

export const language = new CurrentLanguage()

export function spoken<T>(both: Both<T>): T {
  return both[language.now]
}
