import { createServer } from 'node:http'
import { ProxyAgent, fetch as undiciFetch } from 'undici'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connectionAdvice } from '../../src/http/connection-advice.ts'
import { failureOfError } from '../../src/http/failure.ts'
import { attemptsOf, type Fetch, retryFetch } from '../../src/retry/index.ts'
import { portOf } from '../support/tls-server.ts'
import { withoutWaiting } from './without-waiting.ts'

/** A proxy that answers CONNECT with a status and opens no tunnel. */
async function refusingProxy(status: number): Promise<{ agent: ProxyAgent; asked: string[] }> {
  const asked: string[] = []
  const proxy = createServer()
  proxy.on('connect', ({ url = '' }, socket) => {
    asked.push(url)
    socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`)
  })
  const agent = new ProxyAgent(`http://127.0.0.1:${await portOf(proxy)}`)
  onTestFinished(() => agent.destroy())
  return { agent, asked }
}

function through(agent: ProxyAgent, kind: 'undici' | 'node'): Fetch {
  const send = kind === 'node' ? globalThis.fetch : undiciFetch
  return (input, init) => Reflect.apply(send, undefined, [input, { ...init, dispatcher: agent }])
}

describe.each(['undici', 'node'] as const)('a proxy that refuses CONNECT, with the fetch of %s', (kind) => {
  test.each([403, 407])('%d: not sent, and not worth a retry', async (status) => {
    const { agent, asked } = await refusingProxy(status)
    const send = retryFetch(through(agent, kind), withoutWaiting())
    const error = await send('https://api.test/', { method: 'POST', body: 'x' }).catch((thrown: unknown) => thrown)
    expect(failureOfError(error)).toMatchObject({ kind: 'other', applied: 'no' })
    expect(attemptsOf(error)).toMatchObject({ attempts: 1, giveUp: 'not-retryable' })
    expect(connectionAdvice(error)).toContain('proxy')
    expect(asked).toEqual(['api.test:443'])
  })

  test.each([502, 503])('%d: not sent, so a POST is tried again', async (status) => {
    const { agent, asked } = await refusingProxy(status)
    const send = retryFetch(through(agent, kind), withoutWaiting())
    const error = await send('https://api.test/', { method: 'POST', body: 'x' }).catch((thrown: unknown) => thrown)
    expect(failureOfError(error)).toMatchObject({ kind: 'network', applied: 'no' })
    expect(attemptsOf(error)).toMatchObject({ attempts: 3, giveUp: 'attempts' })
    expect(asked).toHaveLength(3)
  })
})
