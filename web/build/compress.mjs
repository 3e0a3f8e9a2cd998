// Puts a `.br` beside each asset, so that the server never compresses while somebody waits; and says what a first load costs.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
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

const assets = join(dist, 'pages/assets')
const sizes = new Map()
for (const name of readdirSync(assets).filter((name) => !name.endsWith('.br'))) sizes.set(name, squeeze(join(assets, name)))
const shell = squeeze(join(dist, 'index.html'))

const html = readFileSync(join(dist, 'index.html'), 'utf8')
const first = [...sizes].filter(([name]) => html.includes(name))
const firstLoad = first.reduce((sum, [, size]) => sum + size, shell)
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`
for (const [name, size] of [...sizes].sort((a, b) => b[1] - a[1])) console.log(`${kilobytes(size).padStart(9)}  ${name}`)
console.log(`the shell and what it names: ${kilobytes(firstLoad)}; everything: ${kilobytes([...sizes.values()].reduce((a, b) => a + b, shell))}`)
// A page adds its own chunks to the shell's: together they stay under the limit as long as all that exists does.
if (firstLoad > LIMIT) {
  console.error(`The first load is more than ${kilobytes(LIMIT)}: load something later.`)
  process.exit(1)
}
