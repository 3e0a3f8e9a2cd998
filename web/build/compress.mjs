// Puts a `.br` beside each file, so that the server never compresses while somebody waits, and checks what the first load of each page costs.
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url).pathname
const LIMIT = 60 * 1024

function squeeze(path) {
  const bytes = readFileSync(path)
  const small = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  })
  writeFileSync(`${path}.br`, small)
  return small.length
}

const assets = 'pages/assets/'
const sizes = new Map([['index.html', squeeze(join(dist, 'index.html'))]])
for (const name of readdirSync(join(dist, assets)).filter((name) => !name.endsWith('.br'))) sizes.set(assets + name, squeeze(join(dist, assets + name)))

// Which file needs which is known to the bundler; the server needs it not.
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))
rmSync(join(dist, '.vite'), { recursive: true })

function files(keys, found = new Set(['index.html'])) {
  for (const key of keys) {
    const chunk = manifest[key]
    if (chunk === undefined || found.has(chunk.file)) continue
    found.add(chunk.file)
    for (const style of chunk.css ?? []) found.add(style)
    files(chunk.imports ?? [], found)
  }
  return found
}

const businesses = Object.keys(manifest).filter((key) => /^src\/systems\/[^/]+\/index\.ts$/.test(key))

/** The pages of the two roles on the stage, in the words of the business's own file. */
function onStage(business) {
  const text = readFileSync(new URL(`../${business}`, import.meta.url), 'utf8')
  const stage = /stage: \[([^\]]*)\]/.exec(text)?.[1] ?? ''
  const roles = [...text.matchAll(/name: '([a-z-]+)'[^]*?import\('\.\/([^']+)'\)/g)]
  return roles.filter(([, role]) => stage.includes(`'${role}'`)).map(([, , file]) => business.replace('index.ts', file))
}

const page = (name) => ['index.html', `src/pages/${name}.svelte`]
const loads = { 'the door': [...page('Door'), ...businesses] }
for (const business of businesses) {
  const system = business.split('/')[2]
  const roles = manifest[business].dynamicImports ?? []
  loads[`${system}, the stage`] = [...page('Stage'), business, ...onStage(business)]
  for (const role of roles) loads[`${system}, ${role.split('/').at(-1)}`] = [...page('RolePage'), business, role]
  loads[`${system}, the board`] = [...page('BoardPage'), business]
}
const generic = 'src/systems/generic/pages.ts'
loads['a system without pages of its own, the stage'] = [...page('Stage'), generic, 'src/systems/generic/Role.svelte']
loads['a system without pages of its own, a role'] = [...page('RolePage'), generic, 'src/systems/generic/Role.svelte']

let isOver = false
for (const [name, keys] of Object.entries(loads)) {
  const size = [...files(keys)].reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0)
  isOver ||= size > LIMIT
  console.log(`${(size / 1024).toFixed(1).padStart(8)} KB  ${name}${size > LIMIT ? '  TOO MUCH' : ''}`)
}
if (isOver) {
  console.error(`A first load is more than ${LIMIT / 1024} KB compressed: load something later.`)
  process.exit(1)
}
