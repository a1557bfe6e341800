import { expect, test } from 'vitest'
import { atServer } from '../../src/kit/index.ts'

const given = { server: new URL('http://127.0.0.1:8080/v1') }

test.each(['https://auth.acme.example/authorize?lang=pt', 'https://auth.acme.example'])(
  '%s is where the documents of a named server say',
  (url) => {
    expect(atServer(url, { server: 'production' })).toBe(url)
  },
)

test.each([
  ['https://auth.acme.example/authorize?lang=pt', 'http://127.0.0.1:8080/authorize?lang=pt'],
  ['https://auth.acme.example', 'http://127.0.0.1:8080'],
  ['https://auth.acme.example/', 'http://127.0.0.1:8080/'],
])('%s is at a server that is given as a URL', (url, expected) => {
  expect(atServer(url, given)).toBe(expected)
})
