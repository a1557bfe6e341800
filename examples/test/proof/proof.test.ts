import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describeWith } from '@chaveiro/test-servers'
import { describe, expect, it } from 'vitest'
import { linesOf } from '../../proof/lines.ts'
import type { Step } from '../../proof/messages.ts'
import { isKept } from '../../proof/promises.ts'
import { NO_REDIS } from '../../proof/redis-server.ts'

const SELLERS = 100

interface Ended {
  readonly code: number | null
  readonly printed: string
  readonly complaint: string
}

/** Runs the program as `pnpm proof` does. */
function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const start = fileURLToPath(new URL('../../proof/start.mjs', import.meta.url))
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...env } }
    const child = execFile(process.execPath, [start, ...args], options, (_, printed, complaint) =>
      resolve({ code: child.exitCode, printed, complaint }),
    )
  })
}

describeWith(['redis'], 'the proof, with fewer sellers', () => {
  const redisUrl = process.env['CHAVEIRO_TEST_REDIS_URL'] ?? ''

  it.each([
    ['never', 'once'],
    ['once', 'twice'],
  ] as const)(
    "with resendUnknown: '%s', no refresh token is sent more than %s",
    { concurrent: true, timeout: 600_000 },
    async (resendUnknown, _most) => {
      const args = ['--sellers', String(SELLERS), '--resend-unknown', resendUnknown, '--json']
      const { code, printed, complaint } = await run(args, { REDIS_URL: redisUrl })
      expect(complaint).toBe('')
      const steps: Step[] = printed
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(steps.map(({ step }) => step)).toEqual(['began', 'connected', 'shared', 'killed', 'went-on', 'counted'])
      expect(steps.filter((step) => !isKept(step))).toEqual([])
      expect(code).toBe(0)
      const [, connected, shared, killed, wentOn, counted] = steps
      expect(connected).toMatchObject({ tokenCalls: SELLERS })
      expect(shared).toMatchObject({ tokenCalls: SELLERS, ready: [SELLERS, SELLERS] })
      expect(killed?.step === 'killed' && killed.afterCalls).toBeGreaterThanOrEqual(SELLERS / 2)
      if (wentOn?.step !== 'went-on' || counted?.step !== 'counted') throw new Error('Steps are missing.')
      expect(wentOn.inFlight).toBeGreaterThan(0)
      expect(wentOn.ready + wentOn.toAgreeAgain).toBe(SELLERS)
      const mostTwice = resendUnknown === 'never' ? 0 : wentOn.inFlight
      expect(wentOn.repeated).toBe(mostTwice)
      expect(counted.twice).toBeLessThanOrEqual(mostTwice)
      expect(counted.reuses).toBeLessThanOrEqual(counted.twice)
      expect(counted.more).toBe(0)
    },
  )
})

it('without a Redis, the program says how to get one', async () => {
  const { code, complaint } = await run([], { REDIS_URL: '', PATH: '' })
  expect(complaint.trim()).toBe(NO_REDIS)
  expect(code).toBe(1)
})

it('wrong arguments are shown the right ones', async () => {
  const { code, complaint } = await run(['--sellers', '7'])
  expect(complaint).toContain('Usage: proof [--sellers <100 or more>]')
  expect(code).toBe(2)
})

describe('a broken promise', () => {
  const wentOn = {
    step: 'went-on',
    sellers: 120,
    resendUnknown: 'never',
    ready: 114,
    inFlight: 6,
    answered: 6,
    repeated: 0,
    toAgreeAgain: 6,
    otherErrors: 0,
    ms: 1,
  } as const satisfies Step
  const counted = {
    step: 'counted',
    resendUnknown: 'never',
    repeated: 0,
    once: 240,
    twice: 0,
    more: 0,
    reuses: 0,
  } as const satisfies Step

  it('is not seen in a run that kept them all', () => {
    expect([wentOn, counted].map(isKept)).toEqual([true, true])
    expect(isKept({ ...counted, resendUnknown: 'once', repeated: 2, twice: 2, reuses: 1 })).toBe(true)
    expect(isKept({ ...wentOn, resendUnknown: 'once', repeated: 6 })).toBe(true)
  })

  it.each<[string, Step]>([
    ['a token call too many', { step: 'shared', sellers: 120, tokenCalls: 121, ready: [120, 120], ms: 1 }],
    ['a seller without a token', { step: 'shared', sellers: 120, tokenCalls: 120, ready: [120, 119], ms: 1 }],
    ['a process that was not killed in time', { step: 'killed', sellers: 120, afterCalls: 0 }],
    ['a repeat', { ...wentOn, repeated: 1 }],
    ['more calls in flight than a process makes', { ...wentOn, ready: 111, inFlight: 9, toAgreeAgain: 9 }],
    ['another error', { ...wentOn, ready: 113, otherErrors: 1 }],
    ['a refresh token sent twice', { ...counted, twice: 1 }],
    ['a reuse', { ...counted, reuses: 1 }],
    ['one sent three times', { ...counted, resendUnknown: 'once', repeated: 2, more: 1 }],
    ['nothing was counted', { ...counted, once: 0 }],
  ])('is marked: %s', (_, step) => {
    expect(isKept(step)).toBe(false)
    expect(linesOf(step, 'en')[0]).toContain('✗')
  })
})
