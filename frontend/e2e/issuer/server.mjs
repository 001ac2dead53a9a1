// A certified OpenID provider for tests: node server.mjs CONFIG, started by build/rig/issuer. It speaks plain HTTP on loopback;
// who started it ends TLS in front. It ends with its standard input.
//
// Under /control/, opened by the key of the configuration, a test changes what can change while it runs.
import { generateKeyPairSync, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { interact, makeProvider } from './provider.mjs'
import { openStore } from './store.mjs'

const config = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const state = { life: config.life, users: config.users }
const { Store, revoke } = openStore(config.database)
const provider = makeProvider({ ...config, jwks: signingKeys(config.keys) }, Store, state)
const provide = provider.callback()

/** Makes the signing key the first time and reads it after that. */
function signingKeys(file) {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const key = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'test' }
    writeFileSync(file, JSON.stringify({ keys: [key] }), { mode: 0o600 })
  }
  return JSON.parse(readFileSync(file, 'utf8'))
}

async function body(req) {
  let text = ''
  for await (const chunk of req.setEncoding('utf8')) text += chunk
  return text
}

const controls = {
  '/control/life': async (req) => {
    state.life = JSON.parse(await body(req))
    return null
  },
  '/control/users': async (req) => {
    state.users = JSON.parse(await body(req))
    return null
  },
  '/control/revoke': async (_req, query) => revoke(query.get('user')),
}

async function control(req, res, url) {
  const given = Buffer.from(req.headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${config.key}`)
  const change = controls[url.pathname]
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted) || !change) {
    res.writeHead(404).end()
    return
  }
  res.setHeader('content-type', 'application/json').end(JSON.stringify(await change(req, url.searchParams)))
}

async function serve(req, res) {
  const url = new URL(req.url, config.issuer)
  if (url.pathname.startsWith('/control/')) {
    await control(req, res, url)
  } else if (url.pathname.startsWith('/interaction/')) {
    await interact(provider, state, req, res, req.method === 'POST' ? new URLSearchParams(await body(req)) : undefined)
  } else {
    await provide(req, res)
  }
}

const server = createServer((req, res) => {
  serve(req, res).catch((err) => {
    console.error(req.method, req.url, err)
    res.writeHead(500).end(err.message)
  })
})
server.listen(config.port, '127.0.0.1')
process.stdin.resume().on('end', () => process.exit())
