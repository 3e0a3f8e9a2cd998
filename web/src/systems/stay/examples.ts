/** Rooms and cars to begin with, and how known ones are called in the language of now. */
import type { Wish } from '../../api/sending.svelte'
import { type Both, spoken } from '../../words/language.svelte'

export type Scene = 'sea' | 'hill' | 'city' | 'hanok' | 'wood' | 'snow'
export const scenes: Scene[] = ['sea', 'hill', 'city', 'hanok', 'wood', 'snow']

export interface Example {
  name: Both
  price: number
  scene?: Scene
  /** 0 a sedan, 1 a small car, 2 a van. */
  body?: number
}

export const rooms: Example[] = [
  { name: { ko: '바다가 보이는 방', en: 'Room with a sea view' }, price: 90_000, scene: 'sea' },
  { name: { ko: '한옥 사랑채', en: 'Hanok guest wing' }, price: 120_000, scene: 'hanok' },
  { name: { ko: '숲속 오두막', en: 'Cabin in the woods' }, price: 75_000, scene: 'wood' },
  { name: { ko: '도심 루프톱', en: 'City rooftop' }, price: 110_000, scene: 'city' },
  { name: { ko: '산자락 다락방', en: 'Attic below the hills' }, price: 58_000, scene: 'hill' },
  { name: { ko: '눈 내리는 온돌방', en: 'Warm floor in the snow' }, price: 84_000, scene: 'snow' },
]

export const cars: Example[] = [
  { name: { ko: 'K5', en: 'K5' }, price: 40_000, body: 0 },
  { name: { ko: '캐스퍼', en: 'Casper' }, price: 28_000, body: 1 },
  { name: { ko: '아이오닉 5', en: 'Ioniq 5' }, price: 55_000, body: 1 },
  { name: { ko: '카니발', en: 'Carnival' }, price: 72_000, body: 2 },
]

function known(text: string, examples: Example[]): Example | undefined {
  const wanted = text.trim()
  return examples.find(({ name }) => name.ko === wanted || name.en === wanted)
}

/** A known name in the language of now; any other text as it is. */
export function roomName(text: string): string {
  const example = known(text, rooms)
  return example ? spoken(example.name) : text
}

export function carName(text: string): string {
  const example = known(text, cars)
  return example ? spoken(example.name) : text
}

/** What a room's window shows: what its words say, or always the same for the same room. */
export function sceneOf(text: string, id: number): Scene {
  const example = known(text, rooms)
  if (example?.scene) return example.scene
  if (/바다|해변|sea|beach|ocean/i.test(text)) return 'sea'
  if (/한옥|hanok/i.test(text)) return 'hanok'
  if (/숲|나무|wood|forest/i.test(text)) return 'wood'
  if (/도시|도심|시내|city|town/i.test(text)) return 'city'
  if (/산|hill|mountain/i.test(text)) return 'hill'
  if (/눈|snow/i.test(text)) return 'snow'
  return scenes[id % scenes.length] ?? 'sea'
}

export function bodyOf(text: string, id: number): number {
  return known(text, cars)?.body ?? id
}

/** Those that are not there yet. */
export function unused(examples: Example[], names: string[]): Example[] {
  const there = new Set(names.map((name) => known(name, examples)))
  return examples.filter((example) => !there.has(example))
}

export function wishes(roomNames: string[], carNames: string[]): Wish[] {
  return [
    ...unused(rooms, roomNames).map((example): Wish => ({ method: 'POST', path: '/stay/rooms', body: { desc: spoken(example.name), price: example.price } })),
    ...unused(cars, carNames).map((example): Wish => ({ method: 'POST', path: '/stay/rentcars', body: { carName: spoken(example.name), price: example.price } })),
  ]
}
