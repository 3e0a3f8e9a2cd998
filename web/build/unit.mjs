// Runs the unit tests of the pages' TypeScript, `src/**/tests/*.test.mjs`: bundled by vite as for a browser, run by `node --test`; of one folder if it is named.
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const cache = join(root, 'node_modules/.cache')
mkdirSync(cache, { recursive: true })
// A folder of its own: two runs at a time don't delete each other's.
const made = mkdtempSync(join(cache, 'unit-'))

function tests(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return tests(path)
    return path.endsWith('.test.mjs') ? [path] : []
  })
}

try {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [svelte()],
    build: {
      outDir: made,
      target: 'node20',
      minify: false,
      modulePreload: false,
      rolldownOptions: { input: tests(join(root, process.argv[2] ?? 'src')), external: /^node:/, output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' } },
    },
  })
  const files = readdirSync(made).filter((name) => name.endsWith('.test.mjs')).map((name) => join(made, name))
  process.exitCode = spawnSync(process.execPath, ['--test', ...files], { stdio: 'inherit' }).status ?? 1
} finally {
  rmSync(made, { recursive: true, force: true })
}
