import { createTokenManager } from '@chaveiro/core'
import { checkGrant, defineProvider, expiry, type ProviderIo, reveal, seconds } from '@chaveiro/core/provider'
import { HELD, type Subject } from '../subject.ts'

interface Keys {
  clientSecret: string
}

export const chaveiro: Subject = {
  name: '@chaveiro/core',
  version: 'this tree',
  purpose: 'keeps a valid access token for every API account: one refresh for all callers, retries, several processes',
  leavesOut: {},
  open({ url }) {
    const provider = defineProvider<Keys>({
      id: 'rivals',
      server: url,
      refreshKind: 'single-use',
      repeat: 'free',
      async refresh(io: ProviderIo, { refreshToken = '', meta }, { clientSecret }) {
        const client = { client_id: HELD.clientId, client_secret: await reveal(clientSecret), tenant: String(meta) }
        const body = new URLSearchParams({ ...client, grant_type: 'refresh_token', refresh_token: refreshToken })
        const response = await io.fetch(new URL('/token', url), { method: 'POST', body })
        if (!response.ok) throw new Error(`answered ${response.status}`)
        const answer: Record<string, unknown> = JSON.parse(await response.text())
        const expiresAt = expiry(io, seconds(answer['expires_in']))
        return checkGrant({
          accessToken: answer['access_token'],
          refreshToken: answer['refresh_token'],
          expiresAt,
          meta,
        })
      },
    })
    const manager = createTokenManager({
      provider,
      credentials: () => ({ clientSecret: HELD.clientSecret }),
      retry: false,
    })
    const seeded = new Set<string>()
    const sourceOf = async (tenant: string) => {
      const source = manager.account(tenant)
      if (seeded.has(tenant)) return source
      seeded.add(tenant)
      await source.seed({
        accessToken: HELD.accessToken,
        refreshToken: HELD.refreshToken,
        expiresAt: Date.now() - 1,
        meta: tenant,
      })
      return source
    }
    return {
      token: async ({ tenant = 'one', signal } = {}) => (await (await sourceOf(tenant)).getToken({ signal })).reveal(),
      call: async () => (await (await sourceOf('one')).fetch('/api')).status,
      close: () => manager.close(),
    }
  },
}
