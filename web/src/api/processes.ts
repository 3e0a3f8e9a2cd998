/** Services that are processes of their own: nobody stops one from a page, and what its owner has not told the process that answers is not known. */
export interface Placed {
  running: boolean
  ports: { port: string; adapter: string }[]
}

/** How the contexts of one process hear each other. */
const IN_PLACE = 'their logs, in place'

export function areProcesses(contexts: Placed[]): boolean {
  return contexts.some(({ ports }) => ports.some(({ port, adapter }) => port === 'events of other contexts' && adapter !== IN_PLACE))
}
