/** Distances, and the fares that follow from them exactly: a kilometre is 10,000 won, and a distance has at most four decimals, so that a won is the smallest of both. */
import { count } from '../../words/format'
import type { Both } from '../../words/language.svelte'

/** Above this no car is assigned, and what was paid is refunded. */
export const MOST_FARE_WON = 1_000_000
const DECIMALS = 4
const WON_PER_KM = 10 ** DECIMALS

/** What is being typed, without what a distance can't have. */
export function tidied(text: string): string {
  const [whole = '', ...rest] = text.replaceAll(',', '.').replace(/[^\d.]/g, '').split('.')
  const digits = whole.slice(0, 4)
  return rest.length === 0 ? digits : `${digits}.${rest.join('').slice(0, DECIMALS)}`
}

/** The fare of a distance as it is typed, counted in digits and never in fractions. */
export function fareOf(text: string): number {
  const [whole = '', decimals = ''] = tidied(text).split('.')
  return Number(whole) * WON_PER_KM + Number(decimals.padEnd(DECIMALS, '0'))
}

function digits(fare: number, whole: (km: number) => string): string {
  const decimals = String(fare % WON_PER_KM)
    .padStart(DECIMALS, '0')
    .replace(/0+$/, '')
  return `${whole(Math.floor(fare / WON_PER_KM))}${decimals === '' ? '' : `.${decimals}`}`
}

/** As the server takes it. */
export function distanceText(fare: number): string {
  return digits(fare, String)
}

/** `3.5 km`, for people. */
export function km(fare: number): string {
  return `${digits(fare, count)} km`
}

export function kmOf(text: string): number {
  return fareOf(text) / WON_PER_KM
}

function* made(): Generator<number> {
  for (let km = 0.5; km < 10; km += 0.5) yield km
  for (let km = 10; km < 50; km += 1) yield km
  for (let km = 50; km <= 170; km += 5) yield km
}

/** Where the slider stops: fine near by, coarse far away. */
export const stops: number[] = [...made()]

export function nearestStop(km: number): number {
  let nearest = 0
  stops.forEach((stop, place) => {
    if (Math.abs(stop - km) < Math.abs((stops[nearest] ?? 0) - km)) nearest = place
  })
  return nearest
}

export interface Place {
  name: Both
  /** From where one stands. */
  distance: string
  /** On the map: degrees from the east, over the north. */
  angle: number
}

export const here: Both = { ko: '강남역', en: 'Gangnam' }

/** Chosen before anybody chose. */
export const firstPlace = 1

export const places: Place[] = [
  { name: { ko: '코엑스', en: 'COEX' }, distance: '2.4', angle: 24 },
  { name: { ko: '시청', en: 'City Hall' }, distance: '9.6', angle: 116 },
  { name: { ko: '파주', en: 'Paju' }, distance: '34.2', angle: 132 },
  { name: { ko: '인천공항', en: 'Incheon Airport' }, distance: '52.3', angle: 166 },
  { name: { ko: '춘천', en: 'Chuncheon' }, distance: '78.4', angle: 60 },
  { name: { ko: '속초', en: 'Sokcho' }, distance: '158.3', angle: 30 },
]
