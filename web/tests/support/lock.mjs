// A store that does not confirm in time: another process holds its write lock.
import { spawn } from 'node:child_process'
import { once } from 'node:events'

const SCRIPT = `
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute('BEGIN IMMEDIATE')
print('locked', flush=True)
sys.stdin.readline()
`

/** Until `release`. */
export async function lockStore(path) {
  const child = spawn('python3', ['-c', SCRIPT, path], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return {
    async release() {
      const gone = once(child, 'exit')
      child.stdin.end()
      await gone
    },
  }
}
