/** Money, numbers and times as the language writes them. */
import { moments } from './clock.svelte'
import { language } from './language.svelte'

const LOCALE = { ko: 'ko-KR', en: 'en-GB' }

function made<T>(make: (locale: string) => T): () => T {
  const ready = new Map<string, T>()
  return () => {
    const locale = LOCALE[language.now]
    let format = ready.get(locale)
    if (format === undefined) ready.set(locale, (format = make(locale)))
    return format
  }
}

const numbers = made((locale) => new Intl.NumberFormat(locale))
const times = made((locale) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }))
const days = made((locale) => new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' }))
const exact = made((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }))
const relative = made((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }))

export function count(value: number): string {
  return numbers().format(value)
}

/** Whole won. */
export function won(value: number): string {
  return language.now === 'ko' ? `${numbers().format(value)}원` : `₩${numbers().format(value)}`
}

/** `14:03:09` */
export function time(timestamp: string | number): string {
  return times().format(new Date(timestamp))
}

export function exactTime(timestamp: string | number): string {
  return exact().format(new Date(timestamp))
}

/** How long ago, for people; it goes on by itself. */
export function ago(timestamp: string | number): string {
  const then = new Date(timestamp).getTime()
  const passed = Math.max(0, moments.now - then) / 1000
  if (passed < 10) return language.now === 'ko' ? '방금' : 'just now'
  if (passed < 60) return language.now === 'ko' ? '1분 이내' : 'under a minute ago'
  if (passed < 3600) return relative().format(-Math.floor(passed / 60), 'minute')
  if (passed < 86_400) return relative().format(-Math.floor(passed / 3600), 'hour')
  return days().format(new Date(then))
}
