// The laundry of docs/laundry, a system that brings no pages, as its example serves it: built with the binary under test, beside it.
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { started } from './server.mjs'

export function serveLaundry() {
  const program = join(dirname(realpathSync(process.env.NADUL_BINARY)), 'examples/serve')
  if (!existsSync(program)) throw new Error(`there is no ${program}: cargo build -p nadul-laundry --example serve`)
  return started([], [], 0, program)
}
