/** How a request of any system is placed, from its board and its OpenAPI document: which command, and what is sent. */
import { fieldsOf } from '../systems/generic/fields'
import type { OpenApi } from '../systems/generic/openapi'
import { exampleOf, operationOf } from './commands'
import { type Board, requestContext } from './value'

type Body = Record<string, unknown>

export interface Placing {
  path: string
  body: Body
  /** The fields that name the caller. */
  people: string[]
  /** What has to be there first, for each request or once for all of them. */
  needs: { field: string; path: string; body: Body; once: boolean }[]
}

const ENOUGH = 100_000

const segment = (command: string): string => command.split(' ')[1]?.split('/')[1]?.toLowerCase() ?? ''
const isPlain = (command: string): boolean => command.startsWith('POST ') && !command.includes('{') && command.split('/').length === 2

function placeCommand(board: Board): string | undefined {
  const column = board.columns.find((column) => column.context === requestContext(board))
  return column?.routes.find((route) => route.places)?.command ?? column?.sagas.find((saga) => isPlain(saga.route))?.route ?? column?.commands.find(isPlain)
}

/** The fields of a command's example, by what they name. */
function named(document: OpenApi, command: string): { example: Body; people: string[]; things: string[] } | null {
  const operation = operationOf(document, command)
  const example = exampleOf(operation)
  if (operation === undefined || example === null) return null
  const fields = fieldsOf(operation).filter((field) => field.name in example)
  const names = (which: 'isPerson' | 'isId'): string[] => fields.filter((field) => field[which]).map((field) => field.name)
  return { example, people: names('isPerson'), things: names('isId') }
}

/** `roomId` is made by `POST /rooms`; a name that no path has, by the one path that needs nothing itself. */
function makerOf(field: string, makers: string[]): string | undefined {
  const stem = field.slice(0, -'Id'.length).toLowerCase()
  return makers.find((command) => segment(command).includes(stem)) ?? (makers.length === 1 ? makers[0] : undefined)
}

export function placing(board: Board, document: OpenApi): Placing | null {
  const command = placeCommand(board)
  const found = command === undefined ? null : named(document, command)
  if (command === undefined || found === null) return null
  const makers = board.columns.flatMap((one) => one.commands).filter((one) => isPlain(one) && one !== command && named(document, one)?.things.length === 0)
  const needs: Placing['needs'] = []
  for (const field of found.things) {
    const maker = makerOf(field, makers)
    const example = maker === undefined ? null : exampleOf(operationOf(document, maker))
    if (maker === undefined || example === null) continue
    // A shelf that counts its stock serves all; what can be had by one alone is made for each.
    const stocked = Object.keys(example).find((name) => name.toLowerCase().includes('stock'))
    needs.push({ field, path: `/${board.system}${maker.split(' ')[1]}`, body: stocked === undefined ? example : { ...example, [stocked]: ENOUGH }, once: stocked !== undefined })
  }
  return { path: `/${board.system}${command.split(' ')[1]}`, body: found.example, people: found.people, needs }
}
