/** How one's own call stands, from what the call's owner and the view say of it. */
import type { components } from '../../api/types/call-taxi'
import type { TimelineStep } from '../../parts/Timeline.svelte'
import type { BusinessPages } from '../business'
import { done, lasting, next, together, underWay } from '../steps'
import { callTaxi } from './words'

export type CallRow = components['schemas']['Call']
export type CallView = components['schemas']['CallView']

export interface Call {
  id: number
  fare: number
  driverName: string | null
  taxiNum: string | null
  status: 'taking' | 'assigning' | 'driving' | 'complete' | 'tooFar' | 'refunding' | 'cancelled' | 'payFail'
  driveStatus: CallView['driveStatus']
  history: CallView['history']
}

export function calls(rows: CallRow[], views: CallView[]): Call[] {
  return together(rows, views).flatMap(({ id, row, view }) => {
    const known = view ?? row
    if (known === undefined) return []
    const now = status(row, view)
    const hasCar = now === 'driving' || now === 'complete'
    return {
      id,
      fare: known.fare,
      driverName: hasCar ? (view?.driverName ?? null) : null,
      taxiNum: hasCar ? (view?.taxiNum ?? null) : null,
      status: now,
      driveStatus: view?.driveStatus ?? null,
      history: view?.history ?? [],
    }
  })
}

function status(row: CallRow | undefined, view: CallView | undefined): Call['status'] {
  const says = (word: CallRow['callStatus']): boolean => row?.callStatus === word || view?.callStatus === word
  if (says('payFail')) return 'payFail'
  if (says('requestCancel')) {
    if (view?.payStatus !== 'refunded') return 'refunding'
    return view.history.some((entry) => entry.eventType === 'DriveNotAvailable') ? 'tooFar' : 'cancelled'
  }
  if (view?.driveStatus === 'end') return 'complete'
  if (view?.driveStatus === 'start') return 'driving'
  return view?.payStatus === 'paid' ? 'assigning' : 'taking'
}

export function mayCancel(call: Call): boolean {
  return call.status === 'taking' || call.status === 'assigning' || call.status === 'driving'
}

/** What happened, and what is under way or next. `seen`: when this page saw the call first. */
export function steps(call: Call, business: BusinessPages, seen: number): TimelineStep[] {
  const t = callTaxi.words.steps
  const past = done(call.history, business)
  const last = call.history.at(-1)?.timestamp ?? seen
  // The drive may be the last to hear of it.
  const stopping = call.driveStatus === 'start' ? [underWay('stopping', t.stopping, last)] : []
  switch (call.status) {
    case 'taking':
      return [...past, underWay('taking', t.taking, last), next('assigning', t.assigning), next('complete', t.complete)]
    case 'assigning':
      return [...past, underWay('assigning', t.assigning, last), next('complete', t.complete)]
    case 'driving':
      return [...past, lasting('driving', t.driving), next('complete', t.complete)]
    case 'refunding':
      return [...past, underWay('refunding', t.refunding, last), ...stopping]
    case 'cancelled':
    case 'tooFar':
      return [...past, ...stopping]
    case 'complete':
    case 'payFail':
      return past
  }
}
