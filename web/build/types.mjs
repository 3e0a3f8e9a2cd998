// Makes src/api/types/<system>.ts from the systems' OpenAPI documents; with --check it only compares.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapi from 'openapi-typescript'

const contracts = new URL('../../nadul/tests/contracts/', import.meta.url)
const types = new URL('../src/api/types/', import.meta.url)
const isCheck = process.argv.includes('--check')
const stale = []

mkdirSync(types, { recursive: true })
for (const entry of readdirSync(contracts, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
  const document = JSON.parse(readFileSync(new URL(`${entry.name}/openapi.json`, contracts), 'utf8'))
  const made = await openapi(document, { commentHeader: '// Made from the OpenAPI document by `npm run types`; not edited.\n' })
  const file = new URL(`${entry.name}.ts`, types)
  if (existsSync(file) && readFileSync(file, 'utf8') === made) continue
  if (isCheck) stale.push(entry.name)
  else writeFileSync(file, made)
}
if (stale.length > 0) {
  console.error(`The types of ${stale.join(', ')} differ from the OpenAPI document: run \`npm run types\` in ${fileURLToPath(new URL('..', import.meta.url))}`)
  process.exit(1)
}
