/** What these pages read of a system's OpenAPI document and of its board. */
export type { Board } from '../../board/value'

export interface Schema {
  $ref?: string
  type?: string | string[]
  description?: string
  enum?: unknown[]
  anyOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  format?: string
  minimum?: number
  maximum?: number
  maxLength?: number
}

export interface Operation {
  operationId: string
  summary?: string
  tags?: string[]
  parameters?: { name?: string; in?: string }[]
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema; example?: Record<string, unknown> }> }
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>
  /** Which role may, and on which rows: `all`, `own`, `where they take part`. */
  'x-roles'?: Record<string, string>
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

export interface OpenApi {
  info: { title: string; summary?: string }
  paths: Record<string, Partial<Record<Method, Operation>>>
  components: { schemas: Record<string, Schema> }
  'x-roles'?: Record<string, string>
}

export function resolved(schema: Schema | undefined, document: OpenApi): Schema {
  if (schema?.$ref === undefined) return schema ?? {}
  return document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}
}
