// A store that lost what it knew of one thing, as after a release that forgot it: what others say of it then can't be applied.
import { execFileSync } from 'node:child_process'

const SCRIPT = `
import sqlite3, sys
path, kind, id, body = sys.argv[1:]
connection = sqlite3.connect(path, isolation_level=None)
(number,) = connection.execute('SELECT number FROM kinds WHERE name = ?', (kind,)).fetchone()
(before,) = connection.execute(f'SELECT body FROM states_{number} WHERE id = ?', (id,)).fetchone()
connection.execute(f'UPDATE states_{number} SET body = ? WHERE id = ?', (body, id))
print(before, end='')
`

/** Of a store that nobody has open. Gives back how it is put back. */
export function loseState(path, kind, id) {
  const write = (body) => execFileSync('python3', ['-c', SCRIPT, path, kind, String(id), body], { encoding: 'utf8' })
  const before = write('"new"')
  return () => void write(before)
}
