import type { BitizeOperation, Fault } from '@chaveiro/simulator'
import { describe, expect, test } from 'vitest'
import { collectFailures } from '../support/collect-failures.ts'

const FAULTS: readonly Fault[] = [
  ...[400, 401, 403, 404, 408, 409, 410, 415, 418, 422, 425, 429, 500, 501, 502, 503, 504].map(
    (status): Fault => ({ kind: 'status', status }),
  ),
  { kind: 'status', status: 429, retryAfter: 3 },
  { kind: 'status', status: 503, retryAfter: 'never' },
  { kind: 'reset' },
  { kind: 'reset', processed: true },
  { kind: 'hang' },
  { kind: 'hang', processed: true },
  { kind: 'delay', delayMs: 20_000 },
  { kind: 'html' },
  { kind: 'html', status: 502, processed: true },
  { kind: 'redirect', location: 'https://evil.example.com/' },
  { kind: 'redirect', location: '/auth', status: 302 },
  { kind: 'slow-body', everyMs: 10_000 },
  { kind: 'cut-body' },
  { kind: 'empty-body' },
  { kind: 'malformed-json' },
  { kind: 'missing-field', field: 'access_token' },
  { kind: 'altered-field', field: 'access_token', value: 7 },
  { kind: 'altered-field', field: 'expiration_access_token', value: 'yesterday' },
  { kind: 'oversized-body' },
  { kind: 'skewed-date', byMs: 86_400_000 },
]

describe('no fault of a provider shows a secret [SC02]', () => {
  test.each(FAULTS.map((fault) => [JSON.stringify(fault), fault] as const))(
    'of the simulator: %s',
    async (_name, fault) => {
      const found: string[] = []
      for (const operation of ['authenticate', 'refreshAccessToken', 'listVendors'] satisfies BitizeOperation[]) {
        const { leaks } = await collectFailures({}, async ({ bitize, source }) => {
          if (operation !== 'authenticate') await source.getToken()
          bitize.faults.next({ ...fault, operation, times: Infinity })
        })
        found.push(...leaks.map((leak) => `${operation}: ${leak}`))
      }
      expect(found).toEqual([])
    },
  )
})
