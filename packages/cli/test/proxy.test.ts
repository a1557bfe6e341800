import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { type AddressInfo, connect, type Server } from 'node:net'
import { join } from 'node:path'
import { describeWith } from '@chaveiro/test-servers'
import { expect, it, onTestFinished } from 'vitest'
import { newScene, type Scene } from './support/scene.ts'

const HOST = 'api.bitize.test'

describeWith(['openssl'], 'behind a proxy', () => {
  it('everything goes through a tunnel to a host that only the proxy knows, and the proxy sees no secret', async () => {
    const scene = await newScene()
    const { env, asked, seen } = await behindProxy(scene)
    const server = `https://${HOST}`
    const login = await scene.run(['login', 'bitize', '--server', server], { env: { ...env, ...scene.keys } })
    expect(login).toMatchObject({ status: 0, stdout: '' })
    expect(await scene.run(['request', 'bitize', '/vendors'], { env })).toMatchObject({ status: 0 })
    expect(await scene.run(['doctor'], { env })).toMatchObject({ status: 0 })
    expect(new Set(asked)).toEqual(new Set([`${HOST}:443`]))
    for (const secret of scene.simulator.revealSecrets()) expect(seen()).not.toContain(secret)
  })

  it('a certificate that is not trusted is an error, and doctor names the remedy', async () => {
    const scene = await newScene()
    const { env } = await behindProxy(scene)
    const untrusting = { HTTPS_PROXY: env.HTTPS_PROXY }
    const login = ['login', 'bitize', '--server', `https://${HOST}`]
    expect(await scene.run(login, { env: { ...untrusting, ...scene.keys } })).toMatchObject({ status: 6, stdout: '' })
    expect(scene.simulator.requests).toHaveLength(0)
    const doctor = await scene.run(['doctor', '--server', `https://${HOST}`], { env: untrusting })
    expect(doctor.status).toBe(1)
    expect(doctor.stdout).toMatch(/✗ tls .*is not trusted \(\w+\)\n\s+→ .*NODE_EXTRA_CA_CERTS/)
  })

  it('NO_PROXY is honoured, and plain http never leaves this machine', async () => {
    const scene = await newScene()
    const { env, asked } = await behindProxy(scene)
    expect(await scene.login([], { env })).toMatchObject({ status: 0 })
    const direct = await scene.run(['doctor', '--server', `https://${HOST}`], { env: { ...env, NO_PROXY: HOST } })
    expect(direct.status).toBe(1)
    expect(asked).toEqual([])
  })
})

/** A simulator behind TLS, a certificate of its own, and a proxy that is the only way to it. */
async function behindProxy(scene: Scene) {
  const [key, cert] = [join(scene.home.path, 'key.pem'), join(scene.home.path, 'cert.pem')]
  const subject = ['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`]
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  execFileSync('openssl', [...request, '-keyout', key, '-out', cert, ...subject], { stdio: 'pipe' })
  const api = createHttpsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (incoming, outgoing) => {
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
  const env = { HTTPS_PROXY: `http://127.0.0.1:${port}`, NODE_EXTRA_CA_CERTS: cert }
  return { env, asked, seen: () => passed.join('') }
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return port
}
