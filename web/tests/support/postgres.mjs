// A Postgres server of the test's own, of the programs of this machine. A shell stands between: when the pipe from the test ends,
// however the test ended, the shell stops the server and removes its folder.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { freePort } from './server.mjs'

/** Debian keeps each version in a folder of its own, none of them in `PATH`. */
const DEBIAN = '/usr/lib/postgresql'

/** `$1`: the programs; `$2`: the port. It says "ready" once the server accepts. */
const SCRIPT = `
trap '' INT
bin=$1 port=$2
folder=$(mktemp -d /tmp/nadul-postgres.XXXXXX) || exit 1
trap 'rm -rf "$folder"' EXIT
"$bin/initdb" -D "$folder/data" -U nadul -A trust -E UTF8 --no-locale --no-sync >"$folder/said" 2>&1 || { cat "$folder/said" >&2; exit 1; }
"$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses=127.0.0.1 -c "port=$port" -c shared_buffers=64MB >"$folder/said" 2>&1 </dev/null &
server=$!
until "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; do
    kill -0 "$server" 2>/dev/null || { cat "$folder/said" >&2; exit 1; }
    sleep 0.02
done
echo ready
cat >/dev/null
kill -QUIT "$server" 2>/dev/null
wait "$server" 2>/dev/null
`

function programs() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [...versions.map((version) => join(DEBIAN, version, 'bin')), ...(process.env.PATH ?? '').split(':')]
  const found = folders.find((folder) => ['initdb', 'postgres', 'pg_isready', 'psql'].every((program) => existsSync(join(folder, program))))
  if (found === undefined) throw new Error("there are no programs of a Postgres server: apt-get install postgresql")
  return found
}

export async function startPostgres() {
  const port = await freePort()
  // A server refuses to be root.
  const words = process.getuid() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', 'sh'] : ['sh']
  const [program, ...rest] = [...words, '-c', SCRIPT, 'sh', programs(), String(port)]
  const shell = spawn(program, rest, { cwd: '/', stdio: ['pipe', 'pipe', 'inherit'] })
  const gone = once(shell, 'exit')
  const [first] = await Promise.race([once(createInterface({ input: shell.stdout }), 'line'), gone.then(() => ['it ended'])])
  if (first !== 'ready') throw new Error(`Postgres does not start: ${first}`)
  const url = `postgres://nadul@127.0.0.1:${port}/postgres`
  return {
    url,
    /** What a statement gives, as text. */
    async sql(statement) {
      const { stdout } = await promisify(execFile)(join(programs(), 'psql'), ['-XqtA', '-v', 'ON_ERROR_STOP=1', '-c', statement, url])
      return stdout.trimEnd()
    },
    async stop() {
      shell.stdin.end()
      await gone
    },
  }
}
