/** What lies on the stall, in sensible amounts, and where it can be brought with one touch. Orders carry words alone: the stall is the page's own. */
import { count } from '../../words/format'
import { type Both, spoken } from '../../words/language.svelte'

export type FruitKind = 'persimmon' | 'apple' | 'tangerine' | 'pear' | 'strawberry' | 'grape' | 'peach' | 'watermelon'

export interface Fruit {
  kind: FruitKind
  name: Both
  /** What one of it is. */
  unit: Both
  /** Of one unit. */
  price: number
}

export const stall: Fruit[] = [
  { kind: 'persimmon', name: { ko: '단감', en: 'Persimmons' }, unit: { ko: '5개 한 봉', en: 'bag of 5' }, price: 8_900 },
  { kind: 'apple', name: { ko: '사과', en: 'Apples' }, unit: { ko: '5개 한 봉', en: 'bag of 5' }, price: 9_900 },
  { kind: 'tangerine', name: { ko: '감귤', en: 'Tangerines' }, unit: { ko: '2kg 한 상자', en: 'box of 2 kg' }, price: 12_900 },
  { kind: 'pear', name: { ko: '배', en: 'Pears' }, unit: { ko: '3개 한 봉', en: 'bag of 3' }, price: 10_900 },
  { kind: 'strawberry', name: { ko: '딸기', en: 'Strawberries' }, unit: { ko: '500g 한 팩', en: 'tray of 500 g' }, price: 11_900 },
  { kind: 'grape', name: { ko: '청포도', en: 'Grapes' }, unit: { ko: '한 송이', en: 'bunch' }, price: 14_900 },
  { kind: 'peach', name: { ko: '복숭아', en: 'Peaches' }, unit: { ko: '4개 한 상자', en: 'box of 4' }, price: 16_900 },
  { kind: 'watermelon', name: { ko: '수박', en: 'Watermelon' }, unit: { ko: '한 통', en: 'whole one' }, price: 24_900 },
]

/** On the stall first. */
export const firstKind: FruitKind = 'persimmon'

export function fruitOf(kind: FruitKind): Fruit | undefined {
  return stall.find((fruit) => fruit.kind === kind)
}

/** The fruit that an order names, in either language. */
export function fruitNamed(text: string): Fruit | undefined {
  const wanted = text.trim()
  return stall.find((fruit) => fruit.name.ko === wanted || fruit.name.en === wanted)
}

/** A known fruit in the language of now; any other text as it is. */
export function fruitName(text: string): string {
  const fruit = fruitNamed(text)
  return fruit ? spoken(fruit.name) : text
}

export function quantity(qty: number): string {
  return `× ${count(qty)}`
}

export interface Place {
  name: Both
  address: Both
}

export const places: Place[] = [
  { name: { ko: '집', en: 'Home' }, address: { ko: '서울 마포구 월드컵북로 21, 302호', en: '21 World Cup buk-ro, Mapo-gu' } },
  { name: { ko: '회사', en: 'Work' }, address: { ko: '서울 중구 세종대로 110, 7층', en: '110 Sejong-daero, Jung-gu, floor 7' } },
  { name: { ko: '부모님 댁', en: 'Parents' }, address: { ko: '경기 수원시 팔달구 정조로 825', en: '825 Jeongjo-ro, Paldal-gu, Suwon' } },
]

/** An address that was chosen in the language of now; what was typed as it is. */
export function addressText(text: string): string {
  const wanted = text.trim()
  const place = places.find((one) => one.address.ko === wanted || one.address.en === wanted)
  return place ? spoken(place.address) : text
}
