/** Books to begin with, and how known ones are called in the language of now. */
import type { Wish } from '../../api/sending.svelte'
import { type Both, spoken } from '../../words/language.svelte'

export interface Example {
  name: Both
  price: number
  /** `null`: copies are not counted. */
  stock: number | null
}

export const books: Example[] = [
  { name: { ko: '어린 왕자', en: 'The Little Prince' }, price: 12_000, stock: 12 },
  { name: { ko: '월든', en: 'Walden' }, price: 15_000, stock: 8 },
  { name: { ko: '오만과 편견', en: 'Pride and Prejudice' }, price: 14_500, stock: 6 },
  { name: { ko: '자기만의 방', en: 'A Room of One’s Own' }, price: 13_000, stock: 3 },
  { name: { ko: '홍길동전', en: 'The Tale of Hong Gildong' }, price: 9_800, stock: null },
  { name: { ko: '모비 딕', en: 'Moby-Dick' }, price: 18_000, stock: 5 },
  { name: { ko: '이상한 나라의 앨리스', en: 'Alice in Wonderland' }, price: 11_000, stock: 1 },
  { name: { ko: '해저 2만리', en: 'Twenty Thousand Leagues' }, price: 16_000, stock: 9 },
]

function known(text: string): Example | undefined {
  const wanted = text.trim()
  return books.find(({ name }) => name.ko === wanted || name.en === wanted)
}

/** A known name in the language of now; any other text as it is. */
export function bookName(text: string): string {
  const example = known(text)
  return example ? spoken(example.name) : text
}

/** Which cover a book wears: always the same for the same book. */
export function coverOf(text: string, id: number): number {
  const place = books.findIndex((example) => example === known(text))
  return place >= 0 ? place : id
}

export function unused(names: string[]): Example[] {
  const there = new Set(names.map(known))
  return books.filter((example) => !there.has(example))
}

export function wishes(names: string[]): Wish[] {
  return unused(names).map(({ name, price, stock }) => ({ method: 'POST', path: '/bookstore/books', body: { name: spoken(name), price, stock } }))
}
