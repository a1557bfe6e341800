import { inspect } from 'node:util'
import { createBitize } from '@chaveiro/bitize'
import type { TokenEvent } from '@chaveiro/core'
import { type Fault, simulateBitize } from '@chaveiro/simulator'
import { expect, it } from 'vitest'
import { inProcess } from './support/bitize-at-simulator.ts'

const FAULTS: readonly Fault[] = [
  { kind: 'status', status: 400 },
  { kind: 'status', status: 401 },
  { kind: 'status', status: 429, retryAfter: 30 },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503 },
  { kind: 'reset' },
  { kind: 'reset', processed: true },
  { kind: 'html' },
  { kind: 'empty-body' },
  { kind: 'malformed-json' },
  { kind: 'missing-field', field: 'access_token' },
  { kind: 'altered-field', field: 'access_token', value: 'canary\r\nx-injected: 1' },
  { kind: 'oversized-body' },
  { kind: 'cut-body' },
  { kind: 'redirect', location: 'https://evil.example/' },
]

const CANARIES = { consumerKey: 'b171ce00-0000-4000-8000-00000000cafe', secretKey: 'canary-secret-key-7f3a' }

it.each(FAULTS)(
  'no secret leaves through errors, events or inspection when a refresh meets %j (B03)',
  async (fault) => {
    await using pair = inProcess({ ...CANARIES }, { credentials: CANARIES })
    const { bitize, simulator, clock } = pair
    const seen: unknown[] = []
    const events: TokenEvent[] = []
    bitize.on((event) => events.push(event))
    await bitize.getToken()
    await clock.advance(25 * 3_600_000)
    simulator.faults.next({ ...fault, operation: ['authenticate', 'refreshAccessToken'], times: 6 })
    const attempt = bitize.getToken()
    attempt.catch(() => {})
    for (let step = 0; step < 20; step += 1) await clock.advance(5_000)
    await attempt.catch((error: unknown) => seen.push(error))
    expect(seen).toHaveLength(1)
    seen.push(events, await bitize.status(), bitize)
    const secrets = [...simulator.revealSecrets(), CANARIES.secretKey, 'canary\r\n'].flatMap(encodings)
    for (const value of seen) {
      for (const text of printings(value)) {
        for (const secret of secrets) expect(text.includes(secret), `a secret in ${text.slice(0, 60)}`).toBe(false)
      }
    }
  },
)

it('a token prints as what it is for, never as what it is', async () => {
  const simulator = simulateBitize()
  await using bitize = createBitize({ server: simulator.url, ...simulator.credentials, fetch: simulator.fetch })
  const token = await bitize.getToken()
  const copy: unknown = structuredClone(token)
  for (const text of [...printings(token), ...printings(copy)]) expect(text).not.toContain(token.reveal())
})

function printings(value: unknown): string[] {
  const stack = value instanceof Error ? [value.stack ?? '', String(value.cause)] : []
  return [
    ...stack,
    String(value),
    JSON.stringify(value) ?? '',
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
  ]
}

function encodings(secret: string): string[] {
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]
}
