/** The steps of a timeline: what a request's history says, what is under way, what comes next. */
import type { TimelineStep } from '../parts/Timeline.svelte'
import { spoken } from '../words/language.svelte'
import type { BusinessPages } from './business'

export interface HistoryEntry {
  eventId: string
  eventType: string
  timestamp: string
}

export function done(history: HistoryEntry[], business: BusinessPages): TimelineStep[] {
  return history.map((entry) => {
    const event = business.events[entry.eventType]
    return { key: entry.eventId, words: event ? spoken(event.words) : entry.eventType, tone: event?.tone ?? 'calm', at: entry.timestamp, state: 'done' }
  })
}

/** A service does it, without progress since `since`; a service that takes long is probably down. */
export function underWay(key: string, words: string, since: string | number): TimelineStep {
  return { key, words, tone: 'wait', state: 'now', since }
}

/** It waits for a person, who takes longer than a service. */
export function waitsForSomebody(key: string, words: string, since: string | number): TimelineStep {
  return { key, words, tone: 'wait', state: 'now', since, waitsForSomebody: true }
}

/** It takes as long as it takes: nobody is told that it is slow. */
export function lasting(key: string, words: string): TimelineStep {
  return { key, words, tone: 'wait', state: 'now' }
}

export function next(key: string, words: string): TimelineStep {
  return { key, words, tone: 'calm', state: 'next' }
}

/** The owner knows a request before the view does; the view knows what happened since. Newest first. */
export function together<Row extends { id: number }, View extends { id: number }>(rows: Row[], views: View[]): { id: number; row: Row | undefined; view: View | undefined }[] {
  const byId = new Map<number, { id: number; row: Row | undefined; view: View | undefined }>()
  for (const row of rows) byId.set(row.id, { id: row.id, row, view: undefined })
  for (const view of views) byId.set(view.id, { id: view.id, row: byId.get(view.id)?.row, view })
  return [...byId.values()].sort((a, b) => b.id - a.id)
}
