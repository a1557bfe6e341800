import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createTokenManager } from '@chaveiro/core'
import { checkGrant, type ProviderIo, type TokenProvider } from '@chaveiro/core/provider'
import { expect, onTestFinished, test } from 'vitest'
import { generateAll } from '../src/index.ts'
import { repository, temporaryRepository } from './temporary-repository.ts'
import { serve } from './token-server.ts'

/** The code that the spec of guild gives after some edits. */
async function emitted(...edits: readonly (readonly [from: string, to: string])[]) {
  const specs = await temporaryRepository('guild')
  for (const [from, to] of edits) await specs.edit('specs/guild/openapi.yaml', from, to)
  const { files } = await generateAll({ root: specs.root })
  const text = (name: string): string => files.get(`packages/guild/src/generated/${name}`) ?? ''
  return { source: text('provider.ts'), facts: text('facts.ts') }
}

const BADGE = [
  [
    'default: guildhall }\n        consent:\n          request:\n            url: /badges/agree',
    'default: guildhall }\n        byHand: [exchange]\n        consent:\n          request:\n            url: /badges/agree',
  ],
  ['            body: { application: $inputs.application, code: $code }\n            token', '            token'],
] as const

interface Exchange {
  exchange(io: ProviderIo, code: { code: string; redirectUri: string }): Promise<unknown>
}
type Make = (options: { server: URL }, byHand: Exchange) => TokenProvider<object>

/** Runs emitted code: it is where this folder's tests find the core. */
async function badgeToken(): Promise<Make> {
  const { source, facts } = await emitted(...BADGE)
  const cache = join(repository, 'tools/codegen/test/golden')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, '.by-hand-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'provider.ts'), source)
  writeFileSync(join(folder, 'facts.ts'), facts)
  const { guildBadgeToken }: { guildBadgeToken: Make } = await import(
    /* @vite-ignore */ pathToFileURL(join(folder, 'provider.ts')).href
  )
  return guildBadgeToken
}

test('an exchange that is written by hand gets the code and where the person came back to', async () => {
  const make = await badgeToken()
  const { url, received } = await serve({ body: { badge: 'b' } })
  const provider = make(
    { server: url },
    {
      async exchange(io, { code, redirectUri }) {
        const body = `${code}, signed, for ${redirectUri}`
        const response = await io.fetch(new URL('/badges', url), { method: 'POST', body })
        return checkGrant({ accessToken: (await response.json()).badge })
      },
    },
  )
  await using tokens = createTokenManager({ provider, credentials: () => ({ application: 'app' }) })
  const account = tokens.account('one')
  const redirectUri = 'https://app.example/badges/by-hand'
  const { url: page, pending } = await account.consent.begin({ redirectUri })
  const state = new URL(page).searchParams.get('state') ?? ''

  await account.consent.finish({ url: `${redirectUri}?code=c1&state=${state}`, pending })

  expect(received.map(({ line, body }) => `${line} ${body}`)).toEqual([`POST /badges c1, signed, for ${redirectUri}`])
  expect((await account.getToken()).reveal()).toBe('b')
})

test('what the compiler asks for is the exchange of that kind of consent', async () => {
  const { source: badge } = await emitted(...BADGE)
  expect(badge).toMatch(
    /export type GuildBadgeTokenByHand = Pick<AuthorizationCode<GuildBadgeTokenInputs>, 'exchange'>/,
  )
  expect(badge).toContain('exchange: byHand.exchange')
  const { source: pass } = await emitted(
    [
      'default: guildhall }\n        consent:\n          shown:',
      'default: guildhall }\n        byHand: [exchange]\n        consent:\n          shown:',
    ],
    ['            body: { code: $code, proof: $verifier }\n', ''],
  )
  expect(pass).toMatch(/export type GuildPassTokenByHand = Pick<ShownCode<GuildPassTokenInputs>, 'exchange'>/)
  expect(pass).toContain('exchange: byHand.exchange')
})
