import { expiry, rfc3339 } from '@chaveiro/core/provider'
import { expect, test } from 'vitest'
import { DAY, type ProviderShape, SECOND, world } from '../support/engine-world.ts'
import { tokenAnswer } from '../support/scripted-issuer.ts'

test.each(['2001-01-01T00:00:00Z', 'next month'])(
  'an answer whose end reads as %j still brings its refresh token, through the helper too [E3]',
  async (end) => {
    const read: ProviderShape['read'] = (io, answer) => ({
      accessToken: answer['access_token'],
      expiresAt: expiry(io, rfc3339(answer['end'])),
      refreshToken: answer['refresh_token'],
    })
    const { issuer, source, clock, ask } = world({ provider: { canAcquire: false, read } })
    await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
    issuer.prepare(tokenAnswer('two', { refresh_token: 'r2', end }))
    expect(await ask()).toBe('malformed-response')
    await clock.advance(300 * SECOND)
    issuer.prepare(tokenAnswer('three', { end: new Date(clock.now() + DAY).toISOString() }))
    expect(await ask()).toBe('three')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r2' }])
  },
)
