/** How a request of any system is placed, from its board and its OpenAPI document: which command, and what is sent. */
import { bodyOf } from './follow'
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

type OpenApi = Parameters<typeof bodyOf>[0]

/** Examples of documents name this person. */
const PERSON = /^(kim)$/i
const ENOUGH = 100_000

const segment = (command: string): string => command.split(' ')[1]?.split('/')[1]?.toLowerCase() ?? ''
const isPlain = (command: string): boolean => command.startsWith('POST ') && !command.includes('{') && command.split('/').length === 2
const numbered = (body: Body): string[] => Object.keys(body).filter((field) => /.Id$/.test(field) && typeof body[field] === 'number')

/** `roomId` is made by `POST /rooms`; a name that no path has, by the one path that needs nothing itself. */
function makerOf(field: string, makers: string[]): string | undefined {
  const stem = field.slice(0, -2).toLowerCase()
  return makers.find((command) => segment(command).includes(stem)) ?? (makers.length === 1 ? makers[0] : undefined)
}

export function placing(board: Board, document: OpenApi): Placing | null {
  const column = board.columns.find((column) => column.context === requestContext(board))
  const command = board.request?.place ?? column?.sagas.find((saga) => isPlain(saga.route))?.route ?? column?.commands.find(isPlain)
  if (command === undefined) return null
  const body = bodyOf(document, command)
  if (body === null) return null
  const people = Object.keys(body).filter((field) => PERSON.test(String(body[field])) && !/name$/i.test(field))
  const makers = board.columns.flatMap((one) => one.commands).filter((one) => {
    const example = isPlain(one) && one !== command ? bodyOf(document, one) : null
    return example !== null && numbered(example).length === 0
  })
  const needs: Placing['needs'] = []
  for (const field of numbered(body)) {
    const maker = makerOf(field, makers)
    const example = maker === undefined ? null : bodyOf(document, maker)
    if (maker === undefined || example === null) continue
    // A shelf that counts its stock serves all; what can be had by one alone is made for each.
    const stocked = Object.keys(example).find((name) => /stock/i.test(name))
    needs.push({ field, path: `/${board.system}${maker.split(' ')[1]}`, body: stocked === undefined ? example : { ...example, [stocked]: ENOUGH }, once: stocked !== undefined })
  }
  return { path: `/${board.system}${command.split(' ')[1]}`, body, people, needs }
}
