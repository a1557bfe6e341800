import { createTokenManager, secret } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { retryFetch } from '../../src/retry/index.ts'
import { countingProvider } from '../support/counting-provider.ts'

const URL_OF_API = 'https://api.example/orders'

async function scene() {
  const manager = createTokenManager({
    provider: countingProvider(new URL(URL_OF_API), () => 1),
    credentials: () => ({}),
    fetch: () => expect.fail('it was sent'),
  })
  const source = manager.account('one')
  return { source, token: await source.getToken() }
}

describe('a token or secret that was printed into a header is refused before anything is sent', () => {
  test.each(['authorization', 'x-api-token', 'cookie'])('in %s, by the fetch of an account', async (name) => {
    const { source, token } = await scene()
    const call = source.fetch(URL_OF_API, { headers: { [name]: `Bearer ${printed(token)}` } })
    await expect(call).rejects.toThrow(
      new TypeError(
        `The header ${name} holds what a token or secret prints, not its value. Write \`\${token.reveal()}\`, or leave Authorization to the account's fetch.`,
      ),
    )
  })

  test('in a Request', async () => {
    const { source, token } = await scene()
    const request = new Request(URL_OF_API, { headers: { 'x-api-token': printed(token) } })
    await expect(source.fetch(request)).rejects.toThrow(/token\.reveal\(\)/)
  })

  test.each([
    ['a token', async () => `Bearer ${printed((await scene()).token)}`],
    ['a secret', async () => `Bearer ${printed(secret('s3cret'))}`],
  ])('%s, by retryFetch, once', async (_name, value) => {
    const call = retryFetch(() => expect.fail('it was sent'))(URL_OF_API, { headers: { authorization: await value() } })
    await expect(call).rejects.toThrow(/token\.reveal\(\)/)
  })
})

/** As a template does, which the types of a token and a secret warn of. */
function printed(value: unknown): string {
  return Reflect.apply(String, undefined, [value])
}
