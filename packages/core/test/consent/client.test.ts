import { createProviderClient } from '@chaveiro/core/provider'
import { expect, test } from 'vitest'
import { scriptedIssuer } from '../support/scripted-issuer.ts'
import { CLIENT, consentProvider, redirectUri } from './consent-world.ts'

test('a client of one account has the consent of that account, also when it is spread', async () => {
  const issuer = scriptedIssuer()
  await using client = createProviderClient(consentProvider(), { ...CLIENT, fetch: issuer.fetch })
  const { consent } = { ...client }
  const { url, pending } = await consent.begin({ redirectUri: redirectUri() })
  const { searchParams } = new URL(url)
  const callback = new URL(searchParams.get('redirect_uri') ?? '')
  callback.search = new URLSearchParams({ code: 'code-1', state: searchParams.get('state') ?? '' }).toString()
  issuer.prepare(Response.json({ access_token: 'access-1', expires_in: 600 }))
  await consent.finish({ url: callback, pending })
  expect((await client.getToken()).reveal()).toBe('access-1')
})
