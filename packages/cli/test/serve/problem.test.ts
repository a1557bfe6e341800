import { createServer, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { ChaveiroError } from '@chaveiro/core'
import { expect, it, onTestFinished } from 'vitest'
import { rawProblem, sendProblem } from '../../src/serve/door/problem.ts'
import { problemOf } from '../../src/serve/door/problem-of.ts'

const PAUSE = {
  status: 429,
  code: 'throttled',
  action: 'retry',
  detail: 'The provider asked for a pause. Try again later.',
  retryAfterMs: 1_200,
} as const

it('a problem has a code, what to do, and how long to wait in whole seconds', async () => {
  const answer = await fetch(await answering((response) => sendProblem(response, PAUSE)))
  expect(answer.status).toBe(429)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'retry-after': '2',
    connection: 'keep-alive',
  })
  const { status, code, action, detail } = PAUSE
  expect(await answer.json()).toEqual({ title: 'Too Many Requests', status, code, action, detail })
})

it('a wait of no time is one second, because 0 would be an invitation', async () => {
  const answer = await fetch(await answering((response) => sendProblem(response, { ...PAUSE, retryAfterMs: 0 })))
  expect(answer.headers.get('retry-after')).toBe('1')
})

it('a problem of a connection is a whole answer that ends it', async () => {
  const url = new URL(await answering((response) => response.socket?.end(rawProblem({ ...PAUSE, status: 400 }))))
  const socket = connect(Number(url.port), url.hostname)
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
  expect(head.split('\r\n')).toEqual([
    'HTTP/1.1 400 Bad Request',
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'Retry-After: 2',
    'Connection: close',
  ])
  expect(JSON.parse(body)).toMatchObject({ title: 'Bad Request', status: 400, code: 'throttled' })
})

it.each([
  ['reauthorization-required', 409, 'reauthorize'],
  ['credentials-rejected', 409, 'reauthorize'],
  ['throttled', 429, 'retry'],
  ['unavailable', 502, 'retry'],
  ['malformed-response', 502, 'fix-configuration'],
  ['misconfigured', 502, 'fix-configuration'],
  ['origin', 502, 'fix-configuration'],
  ['store', 503, 'retry'],
  ['conflict', 503, 'retry'],
  ['aborted', 503, 'none'],
  ['closed', 503, 'none'],
  ['timeout', 504, 'retry'],
] as const)('an error of code %s is a %i, with what to do', (code, status, action) => {
  const NOW = 1_000_000
  const error = new ChaveiroError(code, 'What happened.', { nextAttemptAt: NOW + 5_000 })
  const wait = action === 'reauthorize' ? {} : { retryAfterMs: 5_000 }
  expect(problemOf(error, NOW)).toEqual({ status, code, action, detail: 'What happened.', ...wait })
})

it('of an error that isn’t ours nothing is told', () => {
  const problem = problemOf(new Error('redis://user:canary@host'), 0)
  expect(problem).toMatchObject({ status: 500, code: 'internal' })
  expect(JSON.stringify(problem)).not.toContain('canary')
})

async function answering(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_request, response) => answer(response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`
}
