/** What a business says about itself to the pages. Door, stage, timeline and board use this value and know no business. */
import type { Component } from 'svelte'
import type { Both } from '../words/language.svelte'

/** How a state feels, besides its words. */
export type Tone = 'good' | 'wait' | 'bad' | 'calm'

/** `light` and `dark` of one colour. */
export type Shades = [light: string, dark: string]

export interface Colours {
  /** Fills buttons. */
  accent: Shades
  /** Is written on `accent`. */
  onAccent: Shades
  /** Is written on paper, at least 4.5 : 1. */
  accentInk: Shades
  /** Tints what belongs to the business. */
  accentWash: Shades
}

/** What a role's page is given. */
export interface RoleProps {
  business: BusinessPages
  role: RolePages
  /** The name in this role's requests. */
  who: string
}

export interface RolePages {
  /** As the server calls the role and the path of its page. */
  name: string
  words: Both
  /** Where nobody signs in and nobody chose another. */
  defaultName: Both
  /** The page of the role; loaded when somebody opens it. */
  load: () => Promise<{ default: Component<RoleProps> }>
}

export type MoneyStep = 'held' | 'voided' | 'taken' | 'refunded'

export interface EventWords {
  /** What happened, in the past tense. */
  words: Both
  tone: Tone
  /** What the event did to the customer's money. */
  money?: MoneyStep
}

export interface TourStep {
  /** The part of the stage that the step is about. */
  at: 'customer' | 'between' | 'provider' | 'payment'
  title: Both
  text: Both
  /** The step is done once one of these events happened after the tour reached it … */
  untilEvent?: string[]
  /** … or once payment is (not) in order. */
  untilPayment?: 'unwell' | 'well'
}

export interface BusinessPages {
  /** The first segment of all its paths. */
  system: string
  name: Both
  tagline: Both
  colours: Colours
  Drawing: Component
  /** Customer first, then the providers. */
  roles: RolePages[]
  /** Which two roles stand on the stage. */
  stage?: [left: string, right: string]
  /** The field that every event and row of one request carries. */
  correlation: string
  /** The field of an event that holds its money. */
  moneyField: string
  /** The status words of its views. */
  statuses: Record<string, { words: Both; tone: Tone }>
  /** All that the pages name, private events of the payment service too: see `heldMoney`. */
  events: Record<string, EventWords>
  /** In the order in which they stand on the stage. */
  contexts: Record<string, Both>
  tour: TourStep[]
  /** What the door counts: a collection, and what one of it is called. */
  counted: { path: string; words: Both<(n: string) => string> }
  /** `false`: nobody is told anything, so there is no bell. */
  hasMessages?: boolean
}
