import { createTokenManager } from '@chaveiro/core'
import { createProviderClient, defineProvider } from '@chaveiro/core/provider'
import { expect, test } from 'vitest'

const provider = defineProvider<{ key: string }>({
  id: 'example',
  server: new URL('https://issuer.example'),
  refreshKind: 'none',
  repeat: 'free',
  acquire: async () => ({ accessToken: 'one' }),
})

test('a manager and a client list what they know of their accounts in the same way', async () => {
  await using client = createProviderClient(provider, { key: 'k', account: 'shop' })
  await using tokens = createTokenManager({ provider, credentials: () => ({ key: 'k' }) })
  const { accounts } = client
  const about = { provider: 'example', account: { tenant: 'shop' } }
  expect(accounts()).toEqual([{ ...about, state: 'absent', persisted: false }])
  expect(tokens.accounts()).toEqual([])
  await client.getToken()
  await tokens.account('shop').getToken()
  const known = [{ ...about, state: 'fresh', generation: 1, persisted: true }]
  expect(accounts()).toEqual(known)
  expect(tokens.accounts()).toEqual(known)
})
