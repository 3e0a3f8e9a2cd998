/** The ports of a context: what comes in from its left, what it needs from its right. */
import { type Board, type Column, whenevers } from './value'

export type PortName = 'commands' | 'reads' | 'heard' | 'calls' | 'said' | 'asks' | 'provider' | 'log'

export interface PortGroup {
  name: PortName
  items: string[]
}

export function portsOf(board: Board, column: Column): { inbound: PortGroup[]; outbound: PortGroup[] } {
  const heard = new Set(whenevers(board).filter((one) => one.context === column.context).map((one) => `${one.source}.${one.event}`))
  for (const fold of column.folds ?? []) for (const event of fold.events) heard.add(`${fold.source}.${event}`)
  const asked = new Set(column.sagas.flatMap((saga) => saga.asks.map(([, to, call]) => `${to}: ${call}`)))
  const inbound: PortGroup[] = [
    { name: 'commands', items: column.commands },
    { name: 'reads', items: column.collections.map((collection) => `GET /${collection}`) },
    { name: 'heard', items: [...heard] },
    { name: 'calls', items: column.answers },
  ]
  const outbound: PortGroup[] = [
    { name: 'said', items: column.published },
    { name: 'asks', items: [...asked] },
    { name: 'provider', items: column.provider === undefined ? [] : [column.provider] },
    { name: 'log', items: [...column.aggregates, ...column.views] },
  ]
  const some = (groups: PortGroup[]): PortGroup[] => groups.filter((group) => group.items.length > 0)
  return { inbound: some(inbound), outbound: some(outbound) }
}
