import { expect, it } from 'vitest'
import { MOUNT, proxiedApi, raw } from './support/proxied-api.ts'

const EVIL = {
  Authorization: 'Bearer chv_key',
  Cookie: 'session=1',
  Forwarded: 'for=10.0.0.1',
  'X-Forwarded-For': '10.0.0.1',
  'X-Forwarded-Host': 'other.example',
  'X-Real-IP': '10.0.0.1',
  'X-HTTP-Method': 'DELETE',
  'X-HTTP-Method-Override': 'DELETE',
  'X-Method-Override': 'DELETE',
  'X-Original-URL': '/auth',
  'X-Rewrite-URL': '/auth',
  Referer: 'http://localhost/',
  'Proxy-Authorization': 'Basic eDp5',
  Range: 'bytes=0-9',
  'If-Range': '"1"',
  'Keep-Alive': 'timeout=5',
  TE: 'trailers',
  'X-Named': 'by Connection',
  Expect: '100-continue',
}

it('of the headers of a request only those of the API go through, with the token of the account', async () => {
  const { port, received, tokens } = await proxiedApi((_received, response) => response.end('reached'))
  const lines = Object.entries(EVIL).map(([name, value]) => `${name}: ${value}`)
  const head = [`GET ${MOUNT}/vendors HTTP/1.1`, 'Host: localhost', ...lines, 'X-Kept: yes', 'Accept: text/plain']
  await raw(port, [...head, 'Connection: close, X-Named', '', ''].join('\r\n'))
  const headers = received[0]?.headers ?? {}
  const dropped = Object.keys(EVIL).filter((name) => name !== 'Authorization')
  expect(dropped.filter((name) => name.toLowerCase() in headers)).toEqual([])
  expect(headers).toMatchObject({
    authorization: `Bearer ${tokens[0]}`,
    'x-kept': 'yes',
    accept: 'text/plain',
    'accept-encoding': 'identity',
  })
})

it('a key that may hold tokens may ask for ranges', async () => {
  const { url, received } = await proxiedApi((_received, response) => response.end('reached'), { holdsTokens: true })
  await fetch(`${url}/vendors`, { headers: { range: 'bytes=0-9' } })
  expect(received[0]?.headers.range).toBe('bytes=0-9')
})

it('of the headers of an answer none speaks for this address', async () => {
  const { url } = await proxiedApi((_received, response) => {
    response.writeHead(201, {
      'Set-Cookie': ['a=1', 'b=2'],
      'Access-Control-Allow-Origin': '*',
      'Alt-Svc': 'h3=":443"',
      'Strict-Transport-Security': 'max-age=1',
      'Clear-Site-Data': '"*"',
      'Proxy-Authenticate': 'Basic',
      Trailer: 'X-Checksum',
      'X-Named': 'by Connection',
      Connection: 'close, X-Named',
      'X-Kept': 'yes',
      'Content-Type': 'text/plain',
    })
    response.addTrailers({ 'X-Checksum': '1' })
    response.end('made')
  })
  const answer = await fetch(`${url}/vendors`, { method: 'POST' })
  expect(answer.status).toBe(201)
  expect(await answer.text()).toBe('made')
  const names = [...answer.headers.keys()].filter((name) => !['date', 'keep-alive', 'transfer-encoding'].includes(name))
  expect(names).toEqual(['connection', 'content-type', 'x-kept'])
  expect(answer.headers.get('connection')).toBe('keep-alive')
})

it('a GET with a body is refused, because servers differ in what they make of it', async () => {
  const { port, received } = await proxiedApi((_received, response) => response.end('reached'))
  const answer = await raw(port, `GET ${MOUNT}/vendors HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}`)
  expect(answer).toContain('"code":"body-not-allowed"')
  expect(received).toEqual([])
})

it('the answer to a HEAD keeps its length', async () => {
  const { url } = await proxiedApi((_received, response) => response.writeHead(200, { 'content-length': 7 }).end())
  const answer = await fetch(`${url}/vendors`, { method: 'HEAD' })
  expect(answer.headers.get('content-length')).toBe('7')
})

it.each([204, 304])('an answer %s has no body', async (status) => {
  const { url } = await proxiedApi((_received, response) => response.writeHead(status).end())
  const answer = await fetch(`${url}/vendors`)
  expect(answer.status).toBe(status)
  expect(await answer.text()).toBe('')
})
