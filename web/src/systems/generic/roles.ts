/** Which commands and collections are whose: as the document says it, and where it says nothing, as the customer's name in it suggests. */
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
  const all = described.commands.filter((command) => mayUse(described, command, role)).flatMap((command) => command.fields.filter((field) => field.isPerson))
  return all[0]?.name ?? null
}

/** The name of a customer is the one by which most collections are asked. */
function customerField(described: Described): string | null {
  const names = new Set(described.commands.flatMap((command) => command.fields.filter((field) => field.isPerson).map((field) => field.name)))
  const asked = (name: string): number => described.collections.filter((one) => one.filters.includes(name)).length
  return [...names].sort((a, b) => asked(b) - asked(a))[0] ?? null
}

function isCustomers(described: Described, command: Command): boolean {
  const field = customerField(described)
  const creates = described.commands.filter((one) => !one.isOnRow && one.path === `/${command.collection}`)
  const names = creates.flatMap((one) => one.fields.filter((one) => one.isPerson).map((one) => one.name))
  return field === null || names.includes(field)
}

function mayUse(described: Described, command: Command, role: string): boolean {
  if (command.roles !== null) return role in command.roles
  const isCreation = !command.isOnRow && command.path === `/${command.collection}`
  if (role === OPERATOR) return !isCreation && isCustomers(described, command)
  if (role === roleNames(described)[0]) return isCustomers(described, command)
  // Who else has nothing to do works on what customers place.
  const others = described.commands.filter((one) => !isCustomers(described, one))
  return others.length > 0 ? others.includes(command) : !isCreation
}

function mayRead(described: Described, collection: Collection, role: string): boolean {
  if (collection.roles !== null) return role in collection.roles
  if (role === OPERATOR || role === roleNames(described)[0]) return true
  if (collection.name === 'messages') return false
  const field = customerField(described)
  const works = described.commands.some((command) => command.collection === collection.name && mayUse(described, command, role))
  return works || field === null || !collection.filters.includes(field)
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
  for (const command of described.commands.filter((one) => mayUse(described, one, role))) {
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
