/** How the OpenAPI document describes a command of the board. */
import type { Method, OpenApi, Operation } from '../systems/generic/openapi'

/** Both name the same route, but may name its parameters differently. */
const shape = (path: string): string => path.replace(/\{[^}]*\}/g, '{}')

/** The operation that the board calls `PATCH /catches/{id}`. */
export function operationOf(document: OpenApi, command: string): Operation | undefined {
  const [method = '', path = ''] = command.split(' ')
  return Object.entries(document.paths).find(([other]) => shape(other) === shape(path))?.[1][method.toLowerCase() as Method]
}

export function exampleOf(operation: Operation | undefined): Record<string, unknown> | null {
  return operation?.requestBody?.content['application/json']?.example ?? null
}
