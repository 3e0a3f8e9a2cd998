// Runs the unit tests of the pages' plain TypeScript, `src/**/tests/*.test.mjs`: bundled by vite, run by `node --test`.
import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const made = join(root, 'node_modules/.cache/unit')

function tests(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return tests(path)
    return path.endsWith('.test.mjs') ? [path] : []
  })
}

rmSync(made, { recursive: true, force: true })
await build({ root, configFile: false, logLevel: 'error', build: { ssr: true, outDir: made, rolldownOptions: { input: tests(join(root, 'src')), output: { entryFileNames: '[name].mjs' } } } })
const files = readdirSync(made).filter((name) => name.endsWith('.test.mjs')).map((name) => join(made, name))
process.exit(spawnSync(process.execPath, ['--test', ...files], { stdio: 'inherit' }).status ?? 1)
