/** The timeline of a reservation: what happened, what is under way, what comes next. */
import type { TimelineStep } from '../../parts/Timeline.svelte'
import { spoken } from '../../words/language.svelte'
import type { BusinessPages } from '../business'
import { next, underWay } from '../steps'
import { type Booking, isActive } from './booking'
import { course } from './courseWords'

type Happening = keyof typeof course.words | 'ReservationCreated' | 'ReservationCancelRequested'

/** Whether something has happened, also where nobody told when. */
function has(booking: Booking, what: Happening): boolean {
  const { row, room, car, view, times } = booking
  if (times.has(what)) return true
  const isUndone = row.status === 'reqCancel' || row.status === 'cancelled'
  switch (what) {
    case 'ReservationCreated':
      return true
    case 'PaymentApproved':
      return row.status === 'reserved' || row.status === 'cancelled' || typeof view?.payStatus === 'string'
    case 'ReservationConfirmed':
      return row.status === 'reserved'
    case 'RoomReserved':
      return room?.rsvId === row.id || (view?.roomStatus === 'reserved' && !isUndone)
    case 'CarReserved':
      return car?.rsvId === row.id
    case 'ReservationCancelRequested':
      return isUndone
    case 'PaymentCancelled':
      return row.status === 'cancelled' || view?.payStatus === 'cancelled'
    case 'ReservationCancelled':
      return row.status === 'cancelled'
    case 'RoomCancelled':
      return row.status === 'cancelled' && room?.rsvId !== row.id
    case 'CarCancelled':
      return row.status === 'cancelled' && car?.rsvId !== row.id
  }
}

/** `seen`: when this page saw the reservation first. */
export function steps(booking: Booking, business: BusinessPages, seen: number): TimelineStep[] {
  const hasCar = booking.row.carId !== null
  const making: Happening[] = ['ReservationCreated', 'PaymentApproved', 'ReservationConfirmed', 'RoomReserved', ...(hasCar ? (['CarReserved'] as const) : [])]
  const undoing: Happening[] = ['ReservationCancelRequested', 'PaymentCancelled', 'ReservationCancelled', 'RoomCancelled', ...(hasCar ? (['CarCancelled'] as const) : [])]
  const isUndone = !isActive(booking)
  // What had not happened when it was cancelled never will.
  const all = isUndone ? [...making.filter((what) => has(booking, what)), ...undoing] : making
  const last = [...booking.times.values()].sort().at(-1) ?? seen
  let isFirst = true
  return all.map((what) => {
    if (has(booking, what)) return past(booking, business, what)
    const words = course.words[what as keyof typeof course.words]
    const step = isFirst ? underWay(what, words, last) : next(what, words)
    isFirst = false
    return step
  })
}

function past({ times }: Booking, business: BusinessPages, what: Happening): TimelineStep {
  const event = business.events[what]
  const step: TimelineStep = { key: what, words: event ? spoken(event.words) : what, tone: event?.tone ?? 'calm', state: 'done' }
  const at = times.get(what)
  return at === undefined ? step : { ...step, at }
}
