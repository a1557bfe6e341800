import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { expect, it, onTestFinished } from 'vitest'

const MIB = 2 ** 20
const GIB = 2 ** 30
const PART = Buffer.alloc(MIB, 'x')
// What a proxy that holds nothing has on its way: buffers of sockets and streams, and what is not yet collected.
const MOST_MORE = 192 * MIB
const MAIN = join(createRequire(import.meta.url).resolve('chaveiro/package.json'), '../dist/main.js')

/** The same part over and over, which no process holds as a whole. */
function* parts(): Generator<Buffer> {
  for (let sent = 0; sent < GIB; sent += MIB) yield PART
}

async function lengthOf(stream: AsyncIterable<Buffer>): Promise<number> {
  let length = 0
  for await (const chunk of stream) length += chunk.length
  return length
}

/** An API that issues a token as Bitize does, counts what it gets, and sends a gibibyte. */
async function apiServer(): Promise<string> {
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url?.startsWith('/auth')) {
      const end = new Date(Date.now() + 900_000).toISOString()
      const token = { access_token: 'an-access-token-of-forty-characters-0123', refresh_token: 'a-refresh-token' }
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ ...token, expiration_access_token: end, expiration_refresh_token: end }))
    } else if (request.method === 'POST') {
      const framing = request.headers['content-length'] ?? 'chunked'
      response.end(`${await lengthOf(request)} ${framing}`)
    } else {
      response.setHeader('content-length', GIB)
      await pipeline(Readable.from(parts()), response)
    }
  }
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

/** `chaveiro serve` in front of it, with a key that opens the proxy alone. */
async function served(): Promise<{ url: string; headers: Record<string, string>; pid: number }> {
  const home = mkdtempSync(join(tmpdir(), 'chaveiro-large-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }))
  const place = ['--from-env', '--state', join(home, 'state')]
  const account = { BITIZE_CONSUMER_KEY: 'a-consumer-key', BITIZE_SECRET_KEY: 'a-secret-key' }
  const env = { HOME: home, PATH: process.env['PATH'], ...account, BITIZE_SERVER: await apiServer() }
  const add = [MAIN, 'serve', 'keys', 'add', 'ci', '--allow', 'bitize/*', ...place]
  const key = execFileSync(process.execPath, add, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  const words = [MAIN, 'serve', 'bitize', ...place, '--port', '0']
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'ignore'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line]: unknown[] = await once(child.stdout, 'data')
  const { url }: { readonly url: string } = JSON.parse(String(line).split('\n')[0] ?? '')
  return { url: `${url}/v1/proxy/bitize/default`, headers: { authorization: `Bearer ${key}` }, pid: child.pid ?? 0 }
}

/** The most memory that a process had so far, in bytes. */
function peakOf(pid: number): number {
  const [, kib] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) * 1_024
}

it('a gibibyte goes through the proxy in each direction, and none of it is held', async () => {
  const { url, headers, pid } = await served()
  const upload = send(`${url}/imports`, { method: 'POST', headers: { ...headers, 'content-length': GIB } })
  const answered = once(upload, 'response')
  const before = peakOf(pid)
  await pipeline(Readable.from(parts()), upload)
  const [answer]: IncomingMessage[] = await answered
  expect(String((await answer?.toArray())?.join(''))).toBe(`${GIB} ${GIB}`)
  const download = send(`${url}/exports`, { headers }).end()
  const [file]: IncomingMessage[] = await once(download, 'response')
  expect(file && (await lengthOf(file))).toBe(GIB)
  expect(peakOf(pid) - before).toBeLessThan(MOST_MORE)
})
