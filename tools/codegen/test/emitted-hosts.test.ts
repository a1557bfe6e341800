import { createTokenManager, type Fetch } from '@chaveiro/core'
import { createProviderClient, type TokenProvider } from '@chaveiro/core/provider'
import { expect, onTestFinished, test } from 'vitest'
import { type FerryInputs, type FerryServer, ferryBoatToken, ferryCargoToken } from './golden/ferry/provider.ts'
import type { paths } from './golden/ferry/schema.ts'
import { type Answer, serve } from './token-server.ts'

const keys = { boat: 'Nau', word: 'open' }

/** One server on this machine in place of all hosts: the host is the first segment of what it receives. */
async function anywhere(...answers: Answer[]) {
  const { url, received } = await serve(...answers)
  const fetch: Fetch = (input, init) => {
    const { host, pathname, search } = new URL(input instanceof Request ? input.url : input)
    return globalThis.fetch(new URL(`/${host}${pathname}${search}`, url), init)
  }
  const account = (make: (options: { server: FerryServer }) => TokenProvider<FerryInputs>, server: FerryServer) => {
    const tokens = createTokenManager({ provider: make({ server }), credentials: () => keys, fetch })
    onTestFinished(() => tokens.close())
    return tokens.account('one')
  }
  return { account, fetch, received, lines: () => received.map(({ line }) => line) }
}

test('each call goes to its own host, by the name that was chosen', async () => {
  const { account, lines } = await anywhere({ body: { token: 't' } }, { body: 'ok' }, { status: 204, body: '' })
  const source = account(ferryBoatToken, 'sandbox')

  await source.fetch('/piers')
  await source.end({ revoke: 'require' })

  expect(lines()).toEqual([
    'POST /id.ferry.example/auth/boats',
    'GET /sandbox.ferry.example/v3/piers',
    'POST /exit.sandbox.ferry.example/boats/end',
  ])
})

test('a token’s API is that of the server which issues it', async () => {
  const { account, lines, received } = await anywhere(
    { body: { token: 'boat' } },
    { body: { token: 'cargo' } },
    { body: 'ok' },
  )

  await account(ferryCargoToken, 'production').fetch('/holds')

  expect(lines()).toEqual([
    'POST /id.ferry.example/auth/boats',
    'POST /cargo.ferry.example/cargo',
    'GET /cargo.ferry.example/v1/holds',
  ])
  expect(received.map(({ headers }) => headers['authorization'])).toEqual([undefined, 'Bearer boat', 'Bearer cargo'])
})

test('the base URL is where the API is', () => {
  const bases = (['production', 'sandbox'] as const).flatMap((server) =>
    [ferryBoatToken, ferryCargoToken].map((make) => {
      const client = createProviderClient(make({ server }), keys)
      onTestFinished(() => client.close())
      return client.baseUrl
    }),
  )

  expect(bases).toEqual([
    'https://api.ferry.example/v3',
    'https://cargo.ferry.example/v1',
    'https://sandbox.ferry.example/v3',
    'https://cargo.sandbox.ferry.example',
  ])
})

test('the typed client sends a form where the operation takes one, to where it is', async () => {
  const { fetch, received } = await anywhere(
    { body: { token: 't' } },
    { body: { token: 'own' } },
    { status: 204, body: '' },
  )
  const client = createProviderClient<paths, FerryInputs>(ferryBoatToken({ server: 'production' }), { ...keys, fetch })
  onTestFinished(() => client.close())

  await client.api.POST('/boats', { body: { boat: 'a&b', word: 'open' } })
  await client.api.POST('/boats/end')

  expect(received.map(({ line, body }) => [line, body])).toEqual([
    ['POST /id.ferry.example/auth/boats', 'boat=a%26b&word=open'],
    ['POST /id.ferry.example/auth/boats', 'boat=Nau&word=open'],
    ['POST /exit.ferry.example/boats/end', ''],
  ])
  expect(received[2]?.headers['authorization']).toBe('Bearer own')
})

test('the token goes to the token’s host and the API’s, and to no other of the provider', async () => {
  const { account, lines } = await anywhere({ body: { token: 't' } }, { body: 'ok' })
  const source = account(ferryBoatToken, 'production')

  await source.fetch('https://id.ferry.example/auth/me')
  await expect(source.fetch('https://exit.ferry.example/')).rejects.toMatchObject({ code: 'origin' })
  await expect(source.fetch('https://sandbox.ferry.example/')).rejects.toMatchObject({ code: 'origin' })

  expect(lines()).toHaveLength(2)
})
