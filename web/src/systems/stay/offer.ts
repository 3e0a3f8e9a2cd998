/** Rooms and cars as a host sees them: both have a name and a price, and can be booked. */
import { ownIds } from '../../shop/ownIds.svelte'
import type { Booking, Car, Room } from './booking'
import { carName, cars, type Example, roomName, rooms } from './examples'

export interface Offer {
  kind: 'room' | 'car'
  id: number
  /** As it was written. */
  text: string
  price: number
  isFree: boolean
  rsvId: number | null
}

/** What a host says of one: all of it, or what has changed. */
interface Said {
  text?: string
  price?: number
}

export const kinds = {
  room: { path: '/stay/rooms', body: ({ text, ...rest }: Said) => ({ ...rest, ...(text !== undefined && { desc: text }) }), called: roomName, examples: rooms, own: 'stay.rooms' },
  car: { path: '/stay/rentcars', body: ({ text, ...rest }: Said) => ({ ...rest, ...(text !== undefined && { carName: text }) }), called: carName, examples: cars, own: 'stay.rentcars' },
} satisfies Record<Offer['kind'], { path: string; body: (said: Said) => unknown; called: (text: string) => string; examples: Example[]; own: string }>

export function roomOffer(room: Room): Offer {
  return { kind: 'room', id: room.id, text: room.desc, price: room.price, isFree: room.status === 'available', rsvId: room.rsvId }
}

export function carOffer(car: Car): Offer {
  return { kind: 'car', id: car.id, text: car.carName, price: car.price, isFree: car.status === 'available', rsvId: car.rsvId }
}

/** Remembers what this browser filled a house with. */
export function rememberFilled(who: string): (id: number, path: string) => void {
  return (id, path) => {
    for (const kind of Object.values(kinds)) if (kind.path === path) ownIds(`${kind.own}.${who}`).add(id)
  }
}

/** A host is shown the reservations of their own rooms and, as a guest, those they made: somebody else's proves the room their own. */
export function provenRooms(bookings: Booking[], who: string): Set<number> {
  return new Set(bookings.filter(({ row }) => row.customer !== who).map(({ row }) => row.roomId))
}
