/** The fields of a form, from the schema of a command's body. */
import type { Both } from '../../words/language.svelte'
import { said } from './names'
import type { Operation, Schema } from './openapi'

export interface Field {
  name: string
  words: Both
  kind: 'text' | 'whole' | 'decimal' | 'money' | 'yes' | 'choice'
  isRequired: boolean
  /** Names whoever sends it: filled in, never asked for. */
  isPerson: boolean
  /** Names another thing by its id. */
  isId: boolean
  min?: number
  max?: number
  longest?: number
  about: string
  choices: string[]
  example?: unknown
}

/** Where the range of a number ends because numbers do. */
const LARGEST = Number.MAX_SAFE_INTEGER
const AS_TEXT = 'digits as a text'

function options(schema: Schema): Schema[] {
  return (schema.anyOf ?? [schema]).filter((one) => one.type !== 'null' && !one.description?.includes(AS_TEXT))
}

function is(schema: Schema, type: string): boolean {
  return schema.type === type || (Array.isArray(schema.type) && schema.type.includes(type))
}

export function isMoney(schema: Schema): boolean {
  return schema.description?.startsWith('Whole won') ?? false
}

function field(name: string, schema: Schema, isRequired: boolean): Field {
  const all = options(schema)
  const text = all.find((one) => is(one, 'string'))
  const number = all.find((one) => is(one, 'integer') || is(one, 'number'))
  const choices = all.flatMap((one) => one.enum ?? []).filter((one) => one !== null)
  const found: Field = { name, words: said(name), kind: 'text', isRequired, isPerson: false, isId: false, about: schema.description ?? '', choices: choices.map(String) }
  if (choices.length > 0) return { ...found, kind: 'choice' }
  if (all.some((one) => is(one, 'boolean'))) return { ...found, kind: 'yes' }
  // A name that may come as a number is that of a person.
  if (text && number) return { ...found, isPerson: true }
  if (number) {
    const kind = isMoney(schema) ? 'money' : is(number, 'integer') ? 'whole' : 'decimal'
    // "Whole won" is said by the sign beside the field.
    const about = isMoney(schema) ? '' : (number.description ?? found.about)
    const bounded: Field = { ...found, kind, about, isId: kind === 'whole' && /Id$/.test(name) }
    if (number.minimum !== undefined) bounded.min = number.minimum
    if (number.maximum !== undefined && number.maximum < LARGEST) bounded.max = number.maximum
    return bounded
  }
  if (text?.maxLength !== undefined) found.longest = text.maxLength
  return found
}

/** Names of which one will do: the first one is asked for, the others are left out. */
function alternatives(schema: Schema): { asked: Set<string>; left: Set<string> } {
  const asked = new Set<string>()
  const left = new Set<string>()
  for (const group of schema.allOf ?? []) {
    const names = (group.anyOf ?? []).flatMap((one) => (one.required?.length === 1 ? one.required : []))
    names.forEach((name, place) => (place === 0 ? asked : left).add(name))
  }
  return { asked, left }
}

export function fieldsOf(operation: Operation): Field[] {
  const content = operation.requestBody?.content['application/json']
  if (content === undefined) return []
  const { asked, left } = alternatives(content.schema)
  const required = new Set([...(content.schema.required ?? []), ...asked])
  return Object.entries(content.schema.properties ?? {})
    .filter(([name]) => !left.has(name))
    .map(([name, schema]) => {
      const one = field(name, schema, required.has(name))
      const example = content.example?.[name]
      return example === undefined ? one : { ...one, example }
    })
}

export type Draft = Record<string, string>

function value(field: Field, text: string): unknown {
  switch (field.kind) {
    case 'yes':
      return text === 'true'
    case 'whole':
    case 'money':
    case 'decimal': {
      // What is no number is for the server to say.
      const number = Number(text)
      return text.trim() === '' || !Number.isFinite(number) || Math.abs(number) > LARGEST ? text : number
    }
    default:
      return text
  }
}

/** Numbers begin with an example: they are quicker to change than to think of. */
export function begun(fields: Field[]): Draft {
  const isNumber = (field: Field): boolean => !field.isId && ['whole', 'money', 'decimal'].includes(field.kind)
  return Object.fromEntries(fields.filter((field) => field.isRequired && isNumber(field)).map((field) => [field.name, String(field.example ?? field.min ?? '')]))
}

/** What keeps it from being sent: there is nothing, or less or more than may be. What is no number is for the server to say. */
export function fault(field: Field, text: string): 'missing' | 'less' | 'more' | undefined {
  if (field.isPerson || field.kind === 'yes') return undefined
  if (text.trim() === '') return field.isRequired ? 'missing' : undefined
  if (field.kind !== 'whole' && field.kind !== 'money') return undefined
  if (Number(text) < (field.min ?? -Infinity)) return 'less'
  return Number(text) > (field.max ?? Infinity) ? 'more' : undefined
}

/** The body as the server wants it: blank optional fields are left out. */
export function bodyOf(fields: Field[], draft: Draft, who: string): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const one of fields) {
    const text = draft[one.name] ?? ''
    if (one.isPerson) body[one.name] = who
    else if (one.kind === 'yes' || text.trim() !== '') body[one.name] = value(one, text)
  }
  return body
}
