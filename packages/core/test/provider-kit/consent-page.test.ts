import { expect, test } from 'vitest'
import { consentPage } from '../../src/kit/index.ts'

test('the page of a named server is where its documents say', () => {
  expect(consentPage('https://auth.acme.example/authorize?lang=pt', { server: 'production' }).href).toBe(
    'https://auth.acme.example/authorize?lang=pt',
  )
})

test('the page of a server that is given as a URL is at that server', () => {
  const server = new URL('http://127.0.0.1:8080/v1')
  expect(consentPage('https://auth.acme.example/authorize?lang=pt', { server }).href).toBe(
    'http://127.0.0.1:8080/authorize?lang=pt',
  )
})
