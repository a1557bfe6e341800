import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describeWith } from '@chaveiro/test-servers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Home, newHome } from './support/home.ts'
import { openTerminal } from './support/terminal.ts'

const SELLER = '9e4a6000-0000-4000-8000-000000000001'
const REFRESH = 'SFMyNTY.refresh+secret/of=a+seller'
const ACCESS = 'SFMyNTY.access-secret+that/servers_echo=='
const BODY = '{"data":[{"id":12345678901234567890,"name":"Aurora \\"1\\""}]}'
const SLOW = 180_000

describe('chaveiro request', () => {
  it(
    'prints the bytes as they came into a pipe, and with -i status and headers before them',
    async () => {
      const { home } = await withServer((_, response) => response.writeHead(200, JSON_TYPE).end(BODY))
      expect(await home.run(['request', 'genpag', '/x'])).toMatchObject({ status: 0, stdout: BODY, stderr: '200 OK\n' })
      const { stdout, stderr } = await home.run(['request', 'genpag', '/x', '-i'])
      expect(stderr).toBe('')
      expect(stdout).toMatch(/^200 OK\n(?:[a-z-]+: .+\n)*content-type: application\/json\n(?:[a-z-]+: .+\n)*\n\{"data"/)
      expect(stdout.endsWith(BODY)).toBe(true)
    },
    SLOW,
  )

  it.each([
    ['/data/0/id', 0, '12345678901234567890\n', ''],
    ['/data/0/name', 0, 'Aurora "1"\n', ''],
    ['/data/0', 0, '{"id":12345678901234567890,"name":"Aurora \\"1\\""}\n', ''],
    ['/data/1/id', 1, '', 'The answer has nothing at /data/1/id: /data has 1 item, counted from 0.\n'],
    ['data', 2, '', '--pick "data" is not a JSON pointer. Write it as in /data/0/id (RFC 6901).\n'],
  ])(
    '--pick %s ends with %d',
    async (pointer, status, stdout, said) => {
      const { home } = await withServer((_, response) => response.writeHead(200, JSON_TYPE).end(BODY))
      const outcome = await home.run(['request', 'genpag', '/x', '--pick', pointer])
      expect(outcome).toEqual({ status, signal: null, stdout, stderr: status === 2 ? said : `200 OK\n${said}` })
    },
    SLOW,
  )

  it(
    'picks nothing from an error, whose body is on stderr, nor from what is not JSON',
    async () => {
      const { home } = await withServer(({ url }, response) =>
        url === '/error' ? response.writeHead(422, JSON_TYPE).end('{"id":"no"}') : response.end('text'),
      )
      const refused = await home.run(['request', 'genpag', '/error', '--pick', '/id'])
      expect(refused).toMatchObject({ status: 4, stdout: '', stderr: '422 Unprocessable Entity\n{"id":"no"}' })
      const text = await home.run(['request', 'genpag', '/text', '--pick', '/id'])
      expect(text).toMatchObject({ status: 1, stdout: '' })
      expect(text.stderr).toMatch(/The answer isn't JSON/)
    },
    SLOW,
  )

  it(
    'changes no number in its JSON document either',
    async () => {
      const { home } = await withServer((_, response) => response.writeHead(200, JSON_TYPE).end(BODY))
      const { stdout } = await home.run(['request', 'genpag', '/x', '--json', '--pick', '/data/0/id'])
      expect(stdout).toMatch(/^\{"status":200,"headers":\{.*\},"body":12345678901234567890\}\n$/)
    },
    SLOW,
  )

  it(
    'shows no secret that it knows, wherever the server puts it: -v, -i and --json',
    async () => {
      const { home } = await withServer(({ headers }, response) => {
        const sent = String(headers.authorization).replace(/^Bearer /, '')
        response.statusMessage = `OK ${sent}`
        response.writeHead(200, [
          ['content-type', 'application/json'],
          ['X-ECHO', sent],
          ['x-encoded', encodeURIComponent(sent)],
          ['x-based', Buffer.from(`user:${sent}`).toString('base64')],
          ['x-part-1', sent.slice(0, 16)],
          ['x-part-2', sent.slice(16)],
          ['x-upper', sent.toUpperCase()],
          ['x-refresh', REFRESH],
          ['set-cookie', `a=${sent}`],
          ['set-cookie', 'session=b'],
          ['location', `/next?t=${encodeURIComponent(sent)}`],
          ['x-plain', 'shown'],
        ])
        response.end('{}')
      })
      const path = `/echo/${encodeURIComponent(ACCESS)}?${ACCESS}=1`
      for (const option of ['-v', '-i', '--json']) {
        const { status, stdout, stderr } = await home.run(['request', 'genpag', path, option, '-H', `X-A: ${REFRESH}`])
        expect(status).toBe(0)
        const shown = (stdout + stderr).toLowerCase()
        expect(shown).toContain('shown')
        for (const part of ['access-secret', 'that/serv', 'that%2fserv', 'refresh+', 'refresh%2b', 'session=b'])
          expect(shown).not.toContain(part)
        expect(shown).not.toContain(Buffer.from(ACCESS).toString('base64').slice(2, 12).toLowerCase())
      }
    },
    SLOW,
  )
})

describeWith(['tmux'], 'on a terminal', () => {
  it(
    'JSON is indented, and every output ends its line',
    async () => {
      const { home } = await withServer(({ url }, response) =>
        url === '/json' ? response.writeHead(200, JSON_TYPE).end(BODY) : response.end('no end of line'),
      )
      const terminal = openTerminal(home)
      await terminal.until(/ready>/)
      terminal.enter('chaveiro request genpag /json')
      await terminal.until(
        /^\{\n {2}"data": \[\n {4}\{\n {6}"id": 12345678901234567890,\n {6}"name": "Aurora \\"1\\""\n {4}\}\n {2}\]\n\}\nready>/m,
      )
      terminal.enter('chaveiro request genpag /text')
      expect(await terminal.until(/^no end of line\nready>/m)).toContain('200 OK\nno end of line')
    },
    SLOW,
  )
})

const JSON_TYPE = { 'content-type': 'application/json' }

/** A home in which an account of Genpag is signed in, at a server that answers by this function. */
async function withServer(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<{ home: Home }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (request.url?.endsWith('/tokens'))
        return response.writeHead(200, JSON_TYPE).end(JSON.stringify({ data: ACCESS }))
      return answer(request, response)
    })
  })
  const home = newHome()
  const stdin = JSON.stringify({ sellerId: SELLER, refreshToken: REFRESH })
  const login = ['login', 'genpag', '--server', await listening(server), '--from-file', '-']
  expect(await home.run(login, { stdin })).toMatchObject({ status: 0 })
  return { home }
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}
