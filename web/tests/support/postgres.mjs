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

/** Of a loaded machine it may take some. */
const START_S = 60

/** `$1`: the programs; `$2`: the port; `$3`: how many seconds it may take. It says "ready" once the server accepts. No signal ends it: it would leave the server behind. */
const SCRIPT = `
trap '' INT HUP TERM PIPE
bin=$1 port=$2
end=$(($(date +%s) + $3))
folder=$(mktemp -d /tmp/nadul-postgres.XXXXXX) || exit 1
trap 'rm -rf "$folder"' EXIT
"$bin/initdb" -D "$folder/data" -U nadul -A trust -E UTF8 --no-locale --no-sync >"$folder/said" 2>&1 || { cat "$folder/said" >&2; exit 1; }
"$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses=127.0.0.1 -c "port=$port" -c shared_buffers=64MB >"$folder/said" 2>&1 </dev/null &
server=$!
until "$bin/pg_isready" -q -h 127.0.0.1 -p "$port"; do
    kill -0 "$server" 2>/dev/null && [ "$(date +%s)" -lt "$end" ] || { cat "$folder/said" >&2; kill -QUIT "$server" 2>/dev/null; wait "$server"; exit 1; }
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
  const [program, ...rest] = [...words, '-c', SCRIPT, 'sh', programs(), String(port), String(START_S)]
  const shell = spawn(program, rest, { cwd: '/', stdio: ['pipe', 'pipe', 'inherit'] })
  const gone = once(shell, 'exit')
  const late = AbortSignal.timeout((START_S + 10) * 1000)
  const said = once(createInterface({ input: shell.stdout }), 'line', { signal: late }).catch(() => [`not within ${START_S + 10} s`])
  const [first] = await Promise.race([said, gone.then(() => ['it ended'])])
  if (first !== 'ready') {
    shell.stdin.end()
    throw new Error(`Postgres does not start: ${first}`)
  }
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
