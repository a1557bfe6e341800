import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { formClient, given, revealGiven, secret } from '../../src/kit/index.ts'

interface Paths {
  '/token': {
    post: {
      requestBody: {
        content: { 'application/x-www-form-urlencoded': { grant_type: string; scope?: string; version?: number } }
      }
      responses: { 200: { content: { 'application/json': { ok: boolean } } } }
    }
  }
}

test('a form arrives as one, encoded as browsers encode it', async () => {
  const received: { readonly type: string | undefined; readonly text: string }[] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    received.push({ type: request.headers['content-type'], text: Buffer.concat(parts).toString('utf8') })
    response.setHeader('content-type', 'application/json').end('{"ok":true}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo

  const client = formClient<Paths>(new URL(`http://127.0.0.1:${port}`), { fetch })
  const body = { grant_type: 'a b&c=é+%', version: 2, ...given({ scope: undefined }) }
  const { data } = await client.POST('/token', { body })

  expect(data).toEqual({ ok: true })
  expect(received).toEqual([
    { type: 'application/x-www-form-urlencoded', text: 'grant_type=a+b%26c%3D%C3%A9%2B%25&version=2' },
  ])
})

test('what was not given is left out', async () => {
  expect(given({ a: undefined, b: '', c: 'x', d: 0, e: false })).toEqual({ c: 'x', d: 0, e: false })
  expect(await revealGiven(undefined)).toBeUndefined()
  expect(await revealGiven(secret('s'))).toBe('s')
  expect(await revealGiven(async () => 'late')).toBe('late')
})
