// A system as several processes behind a gateway, the one address that its pages are asked of.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, ran, started } from './server.mjs'

/** A lease that a process keeps on a loaded machine; who asks for its context waits for the next owner a little longer than that. */
const TIMES = ['postgres.lease_ms=4000', 'postgres.heartbeat_ms=500', 'http.handover_hold_ms=5000', 'cluster.linger_ms=0']

/** `processes`: the contexts of each, by the name that the test gives it. `settings`: of each of them and of the gateway, whose port is `port`. Stores are files where there is no `postgres`. */
export async function serveBehindGateway(system, processes, { postgres, settings = [], port = 0 } = {}) {
  const names = Object.keys(processes)
  const keys = mkdtempSync(join(tmpdir(), 'nadul-web-'))
  const all = []
  async function stop() {
    await Promise.all(all.map((server) => server.stop()))
    rmSync(keys, { recursive: true, force: true })
  }
  try {
    await ran(['keys', keys])
    const ports = {}
    for (const name of names) ports[name] = await freePort()
    const seeds = Object.values(ports).map((port) => `http://127.0.0.1:${port}`)
    const shared = [`cluster.seeds=${seeds.join(',')}`, `cluster.private_key=${keys}/nadul.pem`, `cluster.public_keys=${keys}/public`, ...TIMES, ...settings]
    const stores = postgres === undefined ? [] : [`postgres.contexts=${system}`, `postgres.url=${postgres.url}`]
    const of = (name) => started(['serve', ...processes[name].map((context) => `${system}/${context}`)], [...shared, ...stores, `cluster.port=${ports[name]}`])
    const begun = await Promise.allSettled([started(['gateway', system], shared, port), ...names.map(of)])
    all.push(...begun.flatMap((one) => one.value ?? []))
    for (const { reason } of begun) if (reason !== undefined) throw reason
  } catch (error) {
    await stop()
    throw error
  }
  const [gateway, ...others] = all
  return { gateway, processes: Object.fromEntries(names.map((name, at) => [name, others[at]])), stop }
}
