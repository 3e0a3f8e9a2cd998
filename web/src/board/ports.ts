/** The ports of a context: what comes in from its left, what it needs from its right. */
import { type Board, type ContextColumn, type Port, whenevers } from './value'

export type PortName = 'commands' | 'reads' | 'heard' | 'calls' | 'said' | 'asks' | 'provider' | 'log'

export interface PortGroup {
  name: PortName
  items: string[]
}

export function portsOf(board: Board, column: ContextColumn): { inbound: PortGroup[]; outbound: PortGroup[] } {
  const heard = new Set(whenevers(board).filter((one) => one.context === column.context).map((one) => `${one.source}.${one.event}`))
  for (const fold of column.folds) for (const event of fold.events) heard.add(`${fold.source}.${event}`)
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

/** Which of the groups a port of the status is, by what it is called there. */
const NAMED: [RegExp, PortName[]][] = [
  [/^commands/, ['commands', 'reads']],
  [/^events of/, ['heard']],
  [/^calls of/, ['calls']],
  [/^store/, ['log']],
  [/^published/, ['said']],
  [/^calls to/, ['asks']],
]

/** The adapter in each port, and those of ports that no group shows. */
export function pluggedIn(ports: Port[], shown: PortGroup[]): { adapters: Map<PortName, string>; others: Port[] } {
  const adapters = new Map<PortName, string>()
  const others: Port[] = []
  for (const port of ports) {
    const provider = shown.find((group) => group.name === 'provider' && group.items.includes(port.port))
    const names = provider !== undefined ? (['provider'] as PortName[]) : (NAMED.find(([pattern]) => pattern.test(port.port))?.[1] ?? [])
    const found = names.filter((name) => shown.some((group) => group.name === name))
    if (found.length === 0) others.push(port)
    for (const name of found) adapters.set(name, port.adapter)
  }
  return { adapters, others }
}
