import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { text } from 'node:stream/consumers'
import { TLSSocket } from 'node:tls'
import { inject, onTestFinished, vi } from 'vitest'
import type { Outcome } from './called-command.ts'
import { type CertificateFiles, certificateFiles } from './certificates.ts'
import { type Command, type Home, newHome, type ProcessOptions, type RunOptions } from './home.ts'

/** A bank that takes no connection without a certificate of its authority, and a home folder of one of its clients. */
export interface BankScene {
  readonly home: Home
  readonly authority: CertificateFiles
  /** One that the bank accepts. */
  readonly client: CertificateFiles
  /** Of a process: it trusts the authority, as this one does. */
  readonly env: Readonly<Record<string, string>>
  /** What the bank received, with the name in the certificate. */
  readonly received: readonly string[]
  /** The tokens that it issued. */
  readonly tokens: readonly string[]
  readonly run: (words: readonly string[], options?: RunOptions) => Promise<Outcome>
  /** As a process of its own. */
  readonly runProcess: (words: readonly string[], options?: ProcessOptions) => Promise<Outcome>
  readonly login: (env?: Readonly<Record<string, string>>, words?: readonly string[]) => Promise<Outcome>
}

export async function bankScene(command: Command): Promise<BankScene> {
  const home = newHome()
  const authority = inject('authority')
  if (authority === undefined) throw new Error('A bank needs openssl.')
  const own = certificateFiles(home.path, 'localhost', { ca: authority })
  const client = certificateFiles(home.path, 'client', { ca: authority })
  const received: string[] = []
  const tokens: string[] = []
  const server = createServer(
    {
      cert: readFileSync(own.cert),
      key: readFileSync(own.key),
      ca: readFileSync(authority.cert),
      requestCert: true,
      rejectUnauthorized: true,
    },
    async (request, response) => {
      const body = await text(request)
      const { socket } = request
      const by = socket instanceof TLSSocket ? String(socket.getPeerCertificate().subject.CN) : ''
      received.push(`${request.method} ${request.url} ${body} by ${by}`.replace(/ +/g, ' '))
      response.setHeader('content-type', 'application/json')
      if (request.url !== '/token') return response.end(JSON.stringify({ path: request.url }))
      tokens.push(`token-of-the-bank-${tokens.length}`)
      return response.end(JSON.stringify({ access_token: tokens.at(-1) }))
    },
  )
  // A handshake that fails is what some tests are about.
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const place = server.address()
  const port = typeof place === 'object' && place !== null ? place.port : 0
  const called = { TEST_BANK: `https://localhost:${port}`, BANK_CLIENT_ID: 'shop' }
  for (const [name, value] of Object.entries(called)) vi.stubEnv(name, value)
  const env = { ...called, NODE_EXTRA_CA_CERTS: authority.cert }
  const run: BankScene['run'] = (words, options = {}) =>
    home.run(words, { command, ...options, env: { ...called, ...options.env } })
  return {
    home,
    authority,
    client,
    env,
    received,
    tokens,
    run,
    runProcess: (words, options = {}) =>
      home.runProcess(words, { main: command.main, ...options, env: { ...env, ...options.env } }),
    login: (more = {}, words = []) =>
      run(['login', 'bank', '--server', 'production', ...words], {
        env: { BANK_CERTIFICATE: client.cert, BANK_CERTIFICATE_KEY: client.key, ...more },
      }),
  }
}
