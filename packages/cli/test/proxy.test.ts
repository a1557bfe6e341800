import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, connect, type Server } from 'node:net'
import { describeWith } from '@chaveiro/test-servers'
import { expect, it, onTestFinished } from 'vitest'
import { proxyFor } from '../src/network/proxy.ts'
import { certificateFiles } from './support/certificates.ts'
import { newHome } from './support/home.ts'
import { newScene, type Scene } from './support/scene.ts'

const HOST = 'api.bitize.test'

describeWith(['openssl'], 'behind a proxy', () => {
  it('everything goes through a tunnel to a host that only the proxy knows, and the proxy sees no secret', async () => {
    const scene = await newScene()
    const { env, asked, seen } = await behindProxy(scene)
    const server = `https://${HOST}`
    const login = await scene.runProcess(['login', 'bitize', '--server', server], { env: { ...env, ...scene.keys } })
    expect(login).toMatchObject({ status: 0, stdout: '' })
    expect(await scene.runProcess(['request', 'bitize', '/vendors'], { env })).toMatchObject({ status: 0 })
    expect(await scene.runProcess(['doctor'], { env })).toMatchObject({ status: 0 })
    expect(new Set(asked)).toEqual(new Set([`${HOST}:443`]))
    for (const secret of scene.simulator.revealSecrets()) expect(seen()).not.toContain(secret)
  }, 180_000)

  it('a certificate that is not trusted is an error, and doctor names the remedy', async () => {
    const scene = await newScene()
    const { env } = await behindProxy(scene)
    const untrusting = { HTTPS_PROXY: env.HTTPS_PROXY }
    const login = ['login', 'bitize', '--server', `https://${HOST}`]
    expect(await scene.runProcess(login, { env: { ...untrusting, ...scene.keys } })).toMatchObject({
      status: 6,
      stdout: '',
    })
    expect(scene.simulator.requests).toHaveLength(0)
    const doctor = await scene.runProcess(['doctor', '--server', `https://${HOST}`], { env: untrusting })
    expect(doctor.status).toBe(1)
    expect(doctor.stdout).toMatch(/✗ tls .*is not trusted \(\w+\)\n\s+→ .*NODE_EXTRA_CA_CERTS/)
  })

  it.each(['ALL_PROXY', 'all_proxy', 'https_proxy'])(
    '%s is read, and names the proxy',
    async (variable) => {
      const scene = await newScene()
      const { env, asked } = await behindProxy(scene)
      const { HTTPS_PROXY: url, ...rest } = env
      const login = ['login', 'bitize', '--server', `https://${HOST}`]
      const wrong = { ALL_PROXY: 'http://127.0.0.1:1', HTTPS_PROXY: '' }
      const outcome = await scene.runProcess(login, { env: { ...wrong, ...rest, ...scene.keys, [variable]: url } })
      expect(outcome).toMatchObject({ status: 0, stdout: '' })
      expect(new Set(asked)).toEqual(new Set([`${HOST}:443`]))
    },
    180_000,
  )

  it('NO_PROXY is honoured, and plain http never leaves this machine', async () => {
    const scene = await newScene()
    const { env, asked } = await behindProxy(scene)
    expect(
      await scene.runProcess(['login', 'bitize', '--server', scene.url], { env: { ...scene.keys, ...env } }),
    ).toMatchObject({ status: 0 })
    const direct = await scene.runProcess(['doctor', '--server', `https://${HOST}`], {
      env: { ...env, NO_PROXY: HOST },
    })
    expect(direct.status).toBe(1)
    expect(asked).toEqual([])
  })
})

it.each([
  [
    { HTTPS_PROXY: 'localhost:3128' },
    "HTTPS_PROXY doesn't start with http://. Write it as in HTTPS_PROXY=http://localhost:3128",
  ],
  [{ all_proxy: 'user:canary@localhost' }, "all_proxy doesn't start with http://."],
  [
    { ALL_PROXY: 'socks5://user:canary@localhost:1080' },
    "ALL_PROXY names a SOCKS proxy, which chaveiro doesn't support.",
  ],
  [{ https_proxy: 'ftp://canary' }, 'https_proxy is not the URL of a proxy.'],
])(
  '%j is refused with a sentence before anything is sent',
  async (env: Record<string, string>, sentence) => {
    const keys = { BITIZE_CONSUMER_KEY: 'a', BITIZE_SECRET_KEY: 'b' }
    const { status, stdout, stderr } = await newHome().run(['login', 'bitize', '--server', 'test'], {
      env: { ...keys, ...env },
    })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(sentence)
    expect(stderr).not.toContain('canary')
  },
  180_000,
)

it.each([
  ['https://api.acme.test', 'acme.test', false],
  ['https://api.acme.test', '.acme.test', false],
  ['https://api.acme.test', 'localhost, *.acme.test', false],
  ['https://api.acme.test', 'API.ACME.TEST:443', false],
  ['https://api.acme.test:8443', 'api.acme.test:443', true],
  ['https://api.acme.test', 'cme.test', true],
  ['https://api.acme.test', 'acme.test.', true],
  ['https://[::1]:8443', '[::1]', false],
  ['https://10.0.0.1', '10.0.0.1 10.0.0.2', false],
  ['https://api.acme.test', '*', false],
  ['https://api.acme.test', '', true],
  ['http://127.0.0.1', '', false],
])('%s with NO_PROXY=%s goes through the proxy: %s', (server, excluded, isProxied) => {
  const env = { ALL_PROXY: 'http://localhost:3128', NO_PROXY: excluded }
  expect(proxyFor(new URL(server), env) !== undefined).toBe(isProxied)
})

/** A simulator behind TLS, a certificate of its own, and a proxy that is the only way to it. */
async function behindProxy(scene: Scene) {
  const own = certificateFiles(scene.home.path, HOST, { host: HOST })
  const api = createHttpsServer({ key: readFileSync(own.key), cert: readFileSync(own.cert) }, (incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', async () => {
      const body = chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }
      const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)])
      const url = new URL(incoming.url ?? '/', scene.simulator.url)
      const response = await scene.simulator.fetch(url, { method: incoming.method ?? 'GET', headers, ...body })
      outgoing.writeHead(response.status, Object.fromEntries(response.headers))
      outgoing.end(Buffer.from(await response.arrayBuffer()))
    })
  })
  const target = await listening(api)

  const asked: string[] = []
  const passed: string[] = []
  const proxy = createHttpServer((_, outgoing) => outgoing.writeHead(405).end())
  proxy.on('connect', (incoming, socket) => {
    asked.push(incoming.url ?? '')
    passed.push(JSON.stringify(incoming.headers))
    const onward = connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      socket.on('data', (chunk: Buffer) => passed.push(chunk.toString('latin1')))
      onward.pipe(socket).pipe(onward)
    })
    for (const end of [onward, socket]) end.on('error', () => end.destroy())
  })
  const port = await listening(proxy)
  const env = { HTTPS_PROXY: `http://127.0.0.1:${port}`, NODE_EXTRA_CA_CERTS: own.cert }
  return { env, asked, seen: () => passed.join('') }
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return port
}
