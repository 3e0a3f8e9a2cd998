/** A system as its documents describe it: commands with their fields, collections with the columns of their rows, and who may use which. */
import type { Both } from '../../words/language.svelte'
import { type Field, fieldsOf, isMoney } from './fields'
import { said } from './names'
import { type Board, type Method, type OpenApi, resolved, type Schema } from './openapi'

export interface Command {
  id: string
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Without the system, with `{id}` where it is about a row. */
  path: string
  about: string
  context: string
  fields: Field[]
  /** Who stands at it; empty where nobody is told apart. */
  roles: string[]
  /** The collection that its path begins with. */
  collection: string
  isOnRow: boolean
}

export interface Column {
  name: string
  words: Both
  kind: 'text' | 'number' | 'money' | 'time' | 'status' | 'id' | 'yes'
  choices: string[]
}

export interface Collection {
  name: string
  words: Both
  /** What one of it is called. */
  row: Both
  context: string
  /** Roles and on which rows; `null`: the document doesn't say. */
  roles: Record<string, string> | null
  columns: Column[]
  filters: string[]
  hasHistory: boolean
  /** The field by which other things name one of these. */
  key: string
}

export interface Described {
  system: string
  about: string
  roles: Record<string, string>
  commands: Command[]
  collections: Collection[]
  board: Board
  /** The field that all rows of one request carry. */
  correlation: string
}

const PAGING = new Set(['page', 'size', 'after', 'before', 'sort'])
const MESSAGE_FIELDS = new Set(['_links', 'id', 'customer', 'eventType', 'ko', 'en', 'timestamp'])

function types(schema: Schema): string[] {
  return [schema.type ?? []].flat()
}

function column(name: string, schema: Schema): Column {
  const choices = (schema.enum ?? []).filter((one) => one !== null).map(String)
  const kind = ((): Column['kind'] => {
    if (choices.length > 0) return 'status'
    if (schema.format === 'date-time') return 'time'
    if (isMoney(schema)) return 'money'
    if (types(schema).includes('boolean')) return 'yes'
    if (/Id$/.test(name) && types(schema).includes('integer')) return 'id'
    return types(schema).some((type) => type === 'integer' || type === 'number') ? 'number' : 'text'
  })()
  return { name, words: said(name), kind, choices }
}

function columns(row: Schema): Column[] {
  const properties = row.properties ?? {}
  const names = [...new Set([...(row.required ?? []), ...Object.keys(properties)])]
  return names.filter((name) => name !== '_links' && name !== 'id' && name !== 'history' && properties[name] !== undefined && !types(properties[name] ?? {}).includes('array')).map((name) => column(name, properties[name] ?? {}))
}

function collectionOf(path: string, document: OpenApi): Collection | null {
  const name = path.slice(1)
  const operation = document.paths[path]?.get
  if (operation === undefined || name.includes('/')) return null
  const page = resolved(operation.responses['200']?.content?.['application/hal+json']?.schema, document)
  const ref = page.properties?._embedded?.properties?.[name]?.items
  if (ref === undefined) return null
  const row = resolved(ref, document)
  const title = ref.$ref?.split('/').at(-1) ?? name
  const filters = (operation.parameters ?? []).filter((one) => one.in === 'query' && one.name !== undefined && !PAGING.has(one.name)).map((one) => one.name ?? '')
  return {
    name,
    words: said(name),
    row: said(title),
    context: operation.tags?.[0] ?? '',
    roles: operation['x-roles'] ?? null,
    columns: columns(row),
    filters,
    hasHistory: row.properties?.history !== undefined,
    key: `${title.charAt(0).toLowerCase()}${title.slice(1)}Id`,
  }
}

const WRITING: Method[] = ['post', 'put', 'patch', 'delete']

/** The board and the document may call differently what stands between the braces. */
function plain(command: string): string {
  return command.replace(/\{[^}]*\}/, '{}')
}

function standing(board: Board, command: string): string[] {
  const people = board.columns.flatMap((one) => one.people ?? [])
  return people.filter((one) => plain(one.command) === plain(command)).map((one) => one.role)
}

function commandsOf(path: string, document: OpenApi, board: Board): Command[] {
  return WRITING.flatMap((method) => {
    const operation = document.paths[path]?.[method]
    if (operation === undefined) return []
    const upper = method.toUpperCase() as Command['method']
    return {
      id: operation.operationId,
      method: upper,
      path,
      about: operation.summary ?? path,
      context: operation.tags?.[0] ?? '',
      fields: fieldsOf(operation),
      roles: standing(board, `${upper} ${path}`),
      collection: path.split('/')[1] ?? '',
      isOnRow: path.includes('{'),
    }
  })
}

/** What the messages carry beside what every message has. */
function correlation(document: OpenApi, collections: Collection[]): string {
  const message = Object.keys(document.components.schemas.Message?.properties ?? {}).find((name) => !MESSAGE_FIELDS.has(name))
  return message ?? collections.flatMap((one) => one.columns).find((one) => one.kind === 'id')?.name ?? 'id'
}

/** A form asks in the order in which the rows tell it: the document has its fields by the alphabet. */
function inOrder(command: Command, collections: Collection[]): Command {
  const columns = collections.find((one) => one.name === command.collection)?.columns.map((column) => column.name) ?? []
  const place = (name: string): number => (columns.includes(name) ? columns.indexOf(name) : columns.length)
  return { ...command, fields: command.fields.toSorted((a, b) => Number(b.isRequired) - Number(a.isRequired) || place(a.name) - place(b.name)) }
}

export function describe(system: string, document: OpenApi, board: Board, roleNames: string[]): Described {
  const paths = Object.keys(document.paths)
  const collections = paths.map((path) => collectionOf(path, document)).filter((one) => one !== null)
  return {
    system,
    about: document.info.summary ?? '',
    roles: document['x-roles'] ?? Object.fromEntries(roleNames.map((name) => [name, ''])),
    commands: paths.flatMap((path) => commandsOf(path, document, board)).map((command) => inOrder(command, collections)),
    collections,
    board,
    correlation: correlation(document, collections),
  }
}
