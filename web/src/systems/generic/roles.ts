/** Which commands and collections are whose: as the board and the document say it. */
import type { Collection, Command, Described } from './described'

const OPERATOR = 'operator'

export interface Work {
  /** Forms that stand by themselves. */
  forms: Command[]
  /** By the name of a collection: what can be done to one of its rows. */
  onRows: Map<string, RowCommand[]>
  collections: Collection[]
}

export interface RowCommand {
  command: Command
  /** The field of the body that names the row, where its path does not. */
  bound: string | null
}

/** Customers first, whoever runs the system last. */
export function roleNames(described: Described): string[] {
  const place = (name: string): number => (name === 'customer' ? 0 : name === OPERATOR ? 2 : 1)
  const names = Object.keys(described.roles)
  return names.length === 0 ? ['customer'] : names.sort((a, b) => place(a) - place(b))
}

/** The field by which a role names itself in what it sends. */
export function personField(described: Described, role: string): string | null {
  return described.commands.filter((command) => mayUse(command, role)).flatMap(persons)[0] ?? null
}

/** The fields that name who sends it. */
function persons(command: Command): string[] {
  return command.fields.filter((field) => field.isPerson).map((field) => field.name)
}

/** Where nobody is told apart, everybody may. */
function mayUse(command: Command, role: string): boolean {
  return command.roles.length === 0 || command.roles.includes(role)
}

/** What the document says; where it doesn't, since nobody signs in: what a role works on, what can be asked for by its name, and what is nobody's own. */
function mayRead(described: Described, collection: Collection, role: string): boolean {
  if (collection.roles !== null) return role in collection.roles
  const names = new Set(described.commands.flatMap(persons))
  const isOwned = collection.filters.some((name) => names.has(name)) || collection.columns.some((column) => names.has(column.name))
  const worksOn = described.commands.some((command) => command.context === collection.context && mayUse(command, role))
  const person = personField(described, role)
  return role === OPERATOR || !isOwned || worksOn || (person !== null && collection.filters.includes(person))
}

/** A command that names exactly one other thing is offered on the rows of that thing. */
function boundTo(command: Command, collections: Collection[]): { collection: Collection; field: string } | null {
  if (command.isOnRow) return null
  const ids = command.fields.filter((field) => field.isId && field.isRequired)
  const field = ids.length === 1 ? ids[0]?.name : undefined
  if (field === undefined) return null
  const named = collections.find((one) => one.key === field)
  const beside = collections.find((one) => one.context === command.context && `/${one.name}` !== command.path && (one.filters.includes(field) || one.columns.some((column) => column.name === field)))
  const asked = collections.find((one) => `/${one.name}` !== command.path && one.context !== command.context && !one.hasHistory && one.columns[0]?.name === field)
  const collection = named ?? beside ?? asked
  return collection ? { collection, field } : null
}

export function workOf(described: Described, role: string): Work {
  const collections = described.collections.filter((one) => mayRead(described, one, role))
  const onRows = new Map<string, RowCommand[]>()
  const put = (collection: string, one: RowCommand): void => void onRows.set(collection, [...(onRows.get(collection) ?? []), one])
  const forms: Command[] = []
  for (const command of described.commands.filter((one) => mayUse(one, role))) {
    const bound = boundTo(command, collections)
    if (command.isOnRow) put(command.collection, { command, bound: null })
    else if (bound) put(bound.collection.name, { command, bound: bound.field })
    else if (command.method === 'POST') forms.push(command)
  }
  // Where nothing can be made by itself, what things are made from comes first.
  const makes = (one: Collection): boolean => forms.length === 0 && (onRows.get(one.name) ?? []).some(({ command, bound }) => bound !== null && command.path === `/${command.collection}`)
  const rank = (one: Collection): number => (makes(one) ? 0 : onRows.has(one.name) ? 1 : one.hasHistory ? 2 : 3)
  // A customer hears messages from the bell.
  const shown = collections.filter((one) => one.name !== 'messages' || role !== 'customer')
  return { forms, onRows, collections: shown.sort((a, b) => rank(a) - rank(b)) }
}

export interface Own {
  /** Asked of the server. */
  filter: { name: string; value: string } | null
  /** Rows of others come too: those with this field are one's own only with this name. */
  field: string | null
}

/** Where nobody signs in, the rows of one name: the server sends everybody's. */
export function ownOf(described: Described, collection: Collection, role: string, who: string): Own {
  const person = personField(described, role)
  if (role === OPERATOR || person === null || collection.roles?.[role] === 'all') return { filter: null, field: null }
  const name = [person, ...(role === 'customer' ? ['customer'] : [])].find((one) => collection.filters.includes(one))
  if (name !== undefined && role === roleNames(described)[0]) return { filter: { name, value: who }, field: name }
  return { filter: null, field: collection.columns.some((column) => column.name === person) ? person : null }
}
