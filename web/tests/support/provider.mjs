// A real provider of identities beside the server: the one that the tests of the binary use, installed by web/tests/run.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from './server.mjs'

const script = new URL('../../../tests/oidc/provider.mjs', import.meta.url).pathname

/** Browsers come back to `redirectUri`. */
export async function provide(redirectUri) {
  const port = await freePort()
  const modules = join(process.env.NADUL_TEST_FOLDER, 'oidc')
  const child = spawn('node', [script, modules, String(port), redirectUri], { stdio: ['pipe', 'pipe', 'ignore'] })
  const leave = () => child.kill('SIGKILL')
  process.on('exit', leave)
  const lines = createInterface({ input: child.stdout })
  const [first] = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => ['it ended'])])
  if (first !== 'ready') throw new Error(`the provider does not start: ${first}`)
  return {
    issuer: `http://127.0.0.1:${port}`,
    async stop() {
      const gone = once(child, 'exit')
      leave()
      await gone
      process.off('exit', leave)
    },
  }
}
