/** Services that are processes of their own, as the ports in their status say: nobody stops one from a page, and the process that answers knows of the others only how far they have come. */
export interface Placed {
  running: boolean
  ports: { port: string; adapter: string }[]
}

/** How the contexts of one process hear each other. */
const IN_PLACE = 'their logs, in place'

export function areProcesses(contexts: Placed[]): boolean {
  return contexts.some(({ ports }) => ports.some(({ port, adapter }) => port === 'events of other contexts' && adapter !== IN_PLACE))
}

/** It runs, and not in the process that answers. */
export function isElsewhere({ running, ports }: Placed): boolean {
  return running && ports.some(({ port, adapter }) => port === 'store' && adapter === 'in another process')
}
