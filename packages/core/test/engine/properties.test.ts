import { rfc3339, seconds, zoned } from '@chaveiro/core/provider'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accountRef, tokenKey } from '../../src/account-ref.ts'
import { type Choice, chooseCall, type Situation } from '../../src/engine/choose-call.ts'
import { decodeRecord, type TokenRecord } from '../../src/shared/record.ts'
import { localExpiry } from '../../src/token/expiry.ts'
import { refreshDecision, refreshWindows } from '../../src/token/windows.ts'
import { errorOf } from '../support/engine-world.ts'

const LAST_INSTANT = 8.64e15

describe('keys', () => {
  // Text that is made of what the encoding itself uses.
  const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(':', ',', '-', '0', '1', '2', 'a') }))
  const ref = fc.record(
    {
      tenant: text.filter((name) => name !== ''),
      account: text,
      audience: text,
      scopes: fc.array(text, { maxLength: 3 }),
    },
    { requiredKeys: ['tenant'] },
  )
  const space = fc.record({
    provider: text,
    server: fc.constantFrom(new URL('https://a.example'), new URL('https://b.example')),
    namespace: text,
  })

  test('are equal for equal accounts only, whatever the fields contain [FL05]', () => {
    fc.assert(
      fc.property(space, ref, space, ref, (spaceA, a, spaceB, b) => {
        const same = JSON.stringify([spaceA, ordered(a)]) === JSON.stringify([spaceB, ordered(b)])
        expect(tokenKey(spaceA, accountRef(a)) === tokenKey(spaceB, accountRef(b))).toBe(same)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    [{ tenant: 'a,1:b' }, { tenant: 'a', account: 'b' }],
    [
      { tenant: 'a', account: 'b' },
      { tenant: 'a', audience: 'b' },
    ],
    [{ tenant: 'a', account: '' }, { tenant: 'a' }],
    [
      { tenant: 'a', scopes: ['b', 'c'] },
      { tenant: 'a', scopes: ['b,1:c'] },
    ],
  ])('of %j and %j differ [FL05]', (one, other) => {
    const server = new URL('https://a.example')
    const key = (account: typeof one) => tokenKey({ provider: 'p', server, namespace: '' }, accountRef(account))
    expect(key(one)).not.toBe(key(other))
  })

  function ordered(given: Parameters<typeof accountRef>[0]): unknown {
    const { tenant, account, audience, scopes } = accountRef(given)
    return [tenant, account ?? null, account === undefined, audience ?? null, audience === undefined, scopes ?? null]
  }
})

describe('expiry readers', () => {
  const anything = fc.oneof(fc.anything(), fc.double(), fc.string(), fc.date().map(String))

  test('never throw, and never give an instant that a date cannot hold [WN10]', () => {
    fc.assert(
      fc.property(anything, fc.anything(), (value, zone) => {
        for (const reading of [seconds(value), rfc3339(value), zoned(value, 'YYYY-MM-DD HH:mm:ss', zone)]) {
          const outcome = localExpiry(reading, 0, 0)
          const at = 'at' in outcome ? (outcome.at ?? 1) : 1
          expect(at > 0 && at <= LAST_INSTANT).toBe(true)
        }
      }),
    )
  })

  test('tell absent, unreadable and ended apart [WN11]', () => {
    expect(localExpiry(seconds(null), 5, 0)).toEqual({ at: undefined })
    expect(localExpiry(seconds(undefined), 5, 0)).toEqual({ at: undefined })
    expect(localExpiry(seconds(0), 5, 0)).toEqual({ problem: 'past' })
    expect(localExpiry(seconds('soon'), 5, 0)).toEqual({ problem: 'unreadable' })
  })

  test('give back any number of seconds, as number and as text, cut to the millisecond [WN09]', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000_000_000 }), fc.integer({ min: 0, max: 999 }), (whole, ms) => {
        const text = `${whole}.${String(ms).padStart(3, '0')}`
        const { kind, ...rest } = seconds(text)
        expect(kind).toBe('lasting')
        expect(rest).toEqual({ ms: Math.floor(Number(text) * 1000) })
        expect(seconds(Number(text))).toEqual(seconds(text))
      }),
    )
  })

  test('read every instant of RFC 3339, in every offset [WN12]', () => {
    const instant = fc.date({ min: new Date(0), max: new Date('9998-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(instant, fc.integer({ min: -23 * 60, max: 23 * 60 }), (date, offset) => {
        const wall = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1)
        const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) =>
          String(part).padStart(2, '0'),
        )
        const zone = `${offset < 0 ? '-' : '+'}${hours}:${minutes}`
        expect(rfc3339(`${wall}${zone}`)).toEqual({ kind: 'server', at: date.getTime() })
        expect(rfc3339(wall)).toEqual({ kind: 'unreadable' })
        const plain = wall.slice(0, 19).replace('T', ' ')
        const cut = date.getTime() - date.getUTCMilliseconds()
        expect(zoned(plain, 'YYYY-MM-DD HH:mm:ss', zone)).toEqual({ kind: 'server', at: cut })
        expect(zoned(plain, 'YYYY-MM-DD HH:mm:ss', undefined)).toEqual({ kind: 'unreadable' })
      }),
    )
  })

  test.each([
    ['2026-06-01 12:00:00', 'America/Sao_Paulo', '2026-06-01T15:00:00Z'],
    ['2026-06-01 12:00:00', 'Europe/Lisbon', '2026-06-01T11:00:00Z'],
    ['2026-10-25 01:30:00', 'Europe/Lisbon', '2026-10-25T00:30:00Z'], // repeated: the first pass
  ])('%s in %s is %s [WN12]', (wall, zone, expected) => {
    expect(zoned(wall, 'YYYY-MM-DD HH:mm:ss', zone)).toEqual({ kind: 'server', at: Date.parse(expected) })
  })

  test.each(['BRT', 'EST', 'Nowhere/Land', '', 'utc+3', '+3'])('a zone called %j is not guessed [WN12]', (zone) => {
    expect(zoned('2026-06-01 12:00:00', 'YYYY-MM-DD HH:mm:ss', zone)).toEqual({ kind: 'unreadable' })
  })
})

describe('records', () => {
  const instant = fc.integer({ min: 0, max: LAST_INSTANT })
  const word = fc.string({ minLength: 1 })
  const header = fc.stringMatching(/^[!-~]+$/)
  const optionally = { requiredKeys: [] }
  const token = fc
    .tuple(
      fc.record({ accessToken: header, obtainedAt: instant }),
      fc.record(
        { expiresAt: instant, refreshToken: header, refreshExpiresAt: instant, scopes: fc.array(word), id: word },
        optionally,
      ),
    )
    .map(([must, may]) => ({ ...must, ...may }))
  const refusal = fc.record({ generation: fc.nat(), at: instant, probes: fc.nat() })
  const record: fc.Arbitrary<TokenRecord> = fc
    .tuple(
      fc.record({ v: fc.constant<1>(1), lineage: word, generation: fc.nat() }),
      fc.record(
        {
          token,
          claim: fc.record({ owner: word, generation: fc.nat(), ttlMs: fc.nat() }),
          rejected: fc.record({ refresh: refusal, credentials: refusal }, optionally),
          notBefore: instant,
          futureField: fc.jsonValue().filter((value) => value !== undefined),
        },
        optionally,
      ),
    )
    .map(([must, may]) => ({ ...must, ...may }))

  test('come back as they were written, unknown fields included [RP11]', () => {
    fc.assert(
      fc.property(record, (given) => {
        expect(decodeRecord(JSON.stringify(given), 'p')).toEqual(JSON.parse(JSON.stringify(given)))
      }),
    )
  })

  test('that are anything else are an error of the store, which quotes nothing [RP10]', async () => {
    const text = fc.oneof(fc.string(), fc.json())
    await fc.assert(
      fc.asyncProperty(text, async (given) => {
        const error = await errorOf(Promise.resolve().then(() => decodeRecord(given, 'example')))
        expect(error).toMatchObject({ code: 'store' })
      }),
    )
  })

  test('with any one field of another kind are an error of the store [RP10]', async () => {
    const wrong = fc.constantFrom<unknown>(null, '', true, [], {}, Number.MAX_VALUE * 2, -1.5, 'x')
    await fc.assert(
      fc.asyncProperty(
        record,
        fc.constantFrom('v', 'lineage', 'generation', 'token', 'claim'),
        wrong,
        async (given, field, value) => {
          fc.pre(!(field === 'lineage' && typeof value === 'string'))
          const text = JSON.stringify({ ...given, [field]: value })
          expect(await errorOf(Promise.resolve().then(() => decodeRecord(text, 'p')))).toMatchObject({ code: 'store' })
        },
      ),
    )
  })
})

describe('windows', () => {
  const life = fc.record({
    obtainedAt: fc.integer({ min: 0, max: 2e12 }),
    lifetime: fc.integer({ min: 1, max: 4e10 }),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    refreshWindowMs: fc.option(fc.nat(4e10), { nil: undefined }),
    expiryMarginMs: fc.option(fc.nat(4e10), { nil: undefined }),
  })

  test('lie within the second half of a life, the margin within the window', () => {
    fc.assert(
      fc.property(life, ({ obtainedAt, lifetime, random, ...options }) => {
        const expiresAt = obtainedAt + lifetime
        const { refreshFrom, waitFrom } = refreshWindows(obtainedAt, expiresAt, random, options)
        expect(refreshFrom).toBeGreaterThanOrEqual(obtainedAt + lifetime / 2)
        expect(waitFrom).toBeGreaterThanOrEqual(refreshFrom)
        expect(waitFrom).toBeLessThanOrEqual(expiresAt)
      }),
    )
  })

  test('make the decision only ever more urgent as time goes by, and serve nothing that has ended', () => {
    const urgency = { use: 0, 'use-and-refresh': 1, 'refresh-first': 2 }
    fc.assert(
      fc.property(
        life,
        fc.array(fc.integer({ min: 0, max: 8e10 })),
        fc.nat(1e6),
        ({ obtainedAt, lifetime, random, ...options }, ages, need) => {
          const expiresAt = obtainedAt + lifetime
          const windows = refreshWindows(obtainedAt, expiresAt, random, options)
          let before = 0
          for (const age of ages.toSorted((a, b) => a - b)) {
            const decision = refreshDecision(obtainedAt + age, expiresAt, windows, need)
            expect(urgency[decision]).toBeGreaterThanOrEqual(before)
            const hasEnded = age >= lifetime || age + need > lifetime
            expect(hasEnded && decision !== 'refresh-first').toBe(false)
            before = urgency[decision]
          }
        },
      ),
    )
  })
})

describe('the choice of a call, in every situation', () => {
  const names = [
    'canRefresh',
    'refreshDenied',
    'mayBeSpent',
    'isLastUse',
    'resent',
    'mayResend',
    'canAcquire',
    'inputsDenied',
    'tokenServes',
  ] as const
  const situations = Array.from({ length: 2 ** names.length }, (_, bits): Situation => {
    const is = (name: (typeof names)[number]): boolean => (bits & (1 << names.indexOf(name))) !== 0
    return {
      canRefresh: is('canRefresh'),
      refreshDenied: is('refreshDenied'),
      mayBeSpent: is('mayBeSpent'),
      isLastUse: is('isLastUse'),
      resent: is('resent'),
      mayResend: is('mayResend'),
      canAcquire: is('canAcquire'),
      inputsDenied: is('inputsDenied'),
      tokenServes: is('tokenServes'),
    }
  })
  const violations = (holds: (choice: Choice, situation: Situation) => boolean): Situation[] =>
    situations.filter((situation) => !holds(chooseCall(situation), situation))

  test('a missing or denied refresh token is not sent', () => {
    expect(
      violations(
        (choice, { canRefresh, refreshDenied }) =>
          (choice !== 'refresh' && choice !== 'resend') || (canRefresh && !refreshDenied),
      ),
    ).toEqual([])
  })

  test('inputs that were denied are not sent', () => {
    expect(
      violations((choice, { canAcquire, inputsDenied }) => choice !== 'acquire' || (canAcquire && !inputsDenied)),
    ).toEqual([])
  })

  test('a token that may be spent is sent again once, last, and only when that is allowed', () => {
    expect(violations((choice, s) => choice !== 'refresh' || !(s.mayBeSpent || s.isLastUse))).toEqual([])
    const mayBeLast = (s: Situation) => s.isLastUse || (s.mayBeSpent && s.mayResend && !s.resent)
    const hasElse = (s: Situation) => s.tokenServes || (s.canAcquire && !s.inputsDenied)
    expect(violations((choice, s) => choice !== 'resend' || (mayBeLast(s) && !hasElse(s)))).toEqual([])
  })

  test('a person is asked for only where the inputs cannot acquire', () => {
    expect(violations((choice, { canAcquire }) => choice !== 'reauthorization-required' || !canAcquire)).toEqual([])
    expect(violations((choice, { canAcquire }) => choice !== 'credentials-rejected' || canAcquire)).toEqual([])
  })
})
