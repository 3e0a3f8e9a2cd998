// A provider of identities for tests, on a loopback port: node provider.mjs FOLDER PORT REDIRECT_URI
//
// Its keys and its being there change by words on standard input: rotate, mute, away, back. Each is answered by the same word on standard output.
// FOLDER has node_modules. Anybody signs in under any name; the name says the roles: kim.customer.driver has two.
import { createRequire } from 'node:module'
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import path from 'node:path'

const [folder, port, redirectUri] = process.argv.slice(2)
const require = createRequire(path.join(path.resolve(folder), 'any.js'))
const { Provider } = await import(pathToFileURL(require.resolve('oidc-provider')))
const issuer = `http://127.0.0.1:${port}`

const key = (kind, options, alg) => {
  const { privateKey } = generateKeyPairSync(kind, options)
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg, use: 'sig' }
}
const keys = () => [
  key('rsa', { modulusLength: 2048 }, 'RS256'),
  key('ec', { namedCurve: 'P-256' }, 'ES256'),
  key('ed25519', {}, 'EdDSA'),
]
const roles = (name) => name.split('.').slice(1)
const program = (client_id) => ({
  client_id, client_secret: 'program', grant_types: ['client_credentials'], redirect_uris: [], response_types: [],
})

const provider = () => new Provider(issuer, {
  jwks: { keys: keys() },
  clients: [
    { client_id: 'pages', client_secret: 'pages', redirect_uris: [redirectUri] },
    program('kim.customer'), program('kim.driver'), program('brief.customer'), program('ann.operator'),
  ],
  cookies: { keys: ['provider'] },
  claims: { openid: ['sub', 'roles'] },
  conformIdTokenClaims: false,
  enabledJWA: { idTokenSigningAlgValues: ['RS256', 'ES256', 'EdDSA'] },
  extraTokenClaims: (ctx, token) => ({ roles: roles(token.accountId ?? token.clientId) }),
  features: {
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => 'urn:nadul',
      useGrantedResource: () => true,
      // the signature of a program's token is chosen by its scope
      getResourceServerInfo: (ctx) => ({
        audience: 'nadul', accessTokenFormat: 'jwt', scope: 'RS256 ES256 EdDSA',
        jwt: { sign: { alg: ctx.oidc.params.scope?.match(/RS256|ES256|EdDSA/)?.[0] ?? 'RS256' } },
      }),
    },
  },
  ttl: { ClientCredentials: (ctx, token, client) => (client.clientId.startsWith('brief') ? 2 : 600) },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, roles: roles(id) }) }),
})

let answer = provider().callback()
const server = createServer((request, response) => answer(request, response))
const listen = () => new Promise((done) => server.listen(Number(port), '127.0.0.1', done))
const words = {
  mute: () => { answer = () => {} },
  rotate: () => { answer = provider().callback() },
  away: () => new Promise((done) => { server.close(done); server.closeAllConnections() }),
  back: listen,
}
await listen()
console.log('ready')
for await (const word of createInterface({ input: process.stdin })) {
  await words[word]()
  console.log(word)
}
process.exit(0)
