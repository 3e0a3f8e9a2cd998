/** Places that can be chosen with one touch, where they lie on the drawn map, and what a ride between them usually costs. */
import { type Both, spoken } from '../../words/language.svelte'

export interface Place {
  name: Both
  /** On a map of 320 by 150. */
  x: number
  y: number
}

export const places: Place[] = [
  { name: { ko: '강남역', en: 'Gangnam' }, x: 204, y: 112 },
  { name: { ko: '서울역', en: 'Seoul Station' }, x: 152, y: 58 },
  { name: { ko: '홍대입구', en: 'Hongdae' }, x: 92, y: 50 },
  { name: { ko: '광화문', en: 'Gwanghwamun' }, x: 160, y: 28 },
  { name: { ko: '여의도', en: 'Yeouido' }, x: 106, y: 92 },
  { name: { ko: '성수', en: 'Seongsu' }, x: 230, y: 54 },
  { name: { ko: '잠실', en: 'Jamsil' }, x: 276, y: 94 },
  { name: { ko: '김포공항', en: 'Gimpo Airport' }, x: 28, y: 40 },
]

/** The place that a text names, in either language. */
export function placeOf(text: string): Place | undefined {
  const wanted = text.trim()
  return places.find((place) => place.name.ko === wanted || place.name.en === wanted)
}

/** A known place in the language of now; any other text as it is. */
export function placeName(text: string): string {
  const place = placeOf(text)
  return place ? spoken(place.name) : text
}

const BASE_WON = 4_800
const WON_PER_STEP = 82
const UNKNOWN_WON = 10_000

/** What one may offer, in steps of 500 won. */
export function offers(start: string, destination: string): { low: number; usual: number; high: number } {
  const from = placeOf(start)
  const to = placeOf(destination)
  const usual = from && to ? BASE_WON + Math.hypot(from.x - to.x, from.y - to.y) * WON_PER_STEP : UNKNOWN_WON
  const rounded = (won: number): number => Math.round(won / 500) * 500
  return { low: rounded(usual * 0.8), usual: rounded(usual), high: rounded(usual * 1.3) }
}
