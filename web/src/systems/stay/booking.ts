/** How a reservation stands, from what its owner, the room, the car, the view and the messages say of it. */
import type { components } from '../../api/types/stay'
import { carName, roomName } from './examples'
import { stay } from './words'

export type Room = components['schemas']['Room']
export type Car = components['schemas']['Rentcar']
export type Reservation = components['schemas']['Reservation']
export type RoomView = components['schemas']['Roomview']
export type Message = components['schemas']['Message']
export type Review = components['schemas']['Review']

export interface Booking {
  row: Reservation
  room: Room | undefined
  car: Car | undefined
  /** The view of the room, where it shows this reservation. */
  view: RoomView | undefined
  /** When what happened to it. Not everything tells its time to a guest. */
  times: Map<string, string>
}

export interface Known {
  rooms: Room[]
  cars: Car[]
  views: RoomView[]
  messages: Message[]
}

/** Newest first. */
export function bookings(reservations: Reservation[], known: Known): Booking[] {
  const rooms = new Map(known.rooms.map((room) => [room.id, room]))
  const cars = new Map(known.cars.map((car) => [car.id, car]))
  const views = new Map(known.views.filter((view) => view.rsvId !== null).map((view) => [view.rsvId, view]))
  const messages = new Map<number, Message[]>()
  for (const message of known.messages) messages.set(message.rsvId, [...(messages.get(message.rsvId) ?? []), message])
  return reservations
    .map((row) => {
      const view = views.get(row.id)
      return { row, room: rooms.get(row.roomId), car: row.carId === null ? undefined : cars.get(row.carId), view, times: times(view, messages.get(row.id) ?? []) }
    })
    .sort((a, b) => b.row.id - a.row.id)
}

function times(view: RoomView | undefined, messages: Message[]): Map<string, string> {
  const found = new Map<string, string>()
  // The room's history has the events of all its reservations; from the last creation on they are those of the one shown.
  const created = view?.history.findLast((entry) => entry.eventType === 'ReservationCreated')?.timestamp
  for (const entry of view?.history ?? []) {
    if (created !== undefined && entry.timestamp >= created && ofReservation.has(entry.eventType)) found.set(entry.eventType, entry.timestamp)
  }
  for (const message of messages) found.set(message.eventType, message.timestamp)
  return found
}

const ofReservation = new Set(['ReservationCreated', 'PaymentApproved', 'ReservationConfirmed', 'RoomReserved', 'ReservationCancelRequested', 'PaymentCancelled', 'ReservationCancelled', 'RoomCancelled'])

export function isActive({ row }: Booking): boolean {
  return row.status === 'reqReserve' || row.status === 'reserved'
}

export function roomOf({ row, room, view }: Booking): string {
  const text = room?.desc ?? view?.desc
  return text === undefined ? stay.words.room(String(row.roomId)) : roomName(text)
}

export function carOf({ row, car, view }: Booking): string | null {
  if (row.carId === null) return null
  const text = car?.carName ?? view?.carName
  return text === undefined || text === null ? stay.words.car(String(row.carId)) : carName(text)
}
