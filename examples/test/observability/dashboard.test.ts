import { describeWith, type RunningPrometheus, type Sample, startPrometheus } from '@chaveiro/test-servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SELLERS, type Sellers, startSellers } from '../../observability/sellers.ts'
import { expressions } from './support/dashboard.ts'
import { startTreasury } from './support/treasury.ts'

const DAY_S = 86_400
const BITIZE = { chaveiro_provider: 'bitize' }
const BANK = { chaveiro_provider: 'bank' }
const TREASURY = { ...BANK, chaveiro_account: 'treasury' }

/** Each with what its renewals meet, and the code that this leads to. */
const FAILING = [
  ['seller-17', 'keys', 'credentials-rejected'],
  ['seller-42', 'outage', 'unavailable'],
  ['seller-63', 'limit', 'throttled'],
] as const

const labelsOf = (samples: readonly Sample[]): readonly object[] => samples.map(({ labels }) => labels)
const between = (least: number, most: number) => (value: number) => value >= least && value <= most

describeWith(['prometheus'], 'the dashboard, in a Prometheus that reads a hundred sellers of whom three fail', () => {
  let sellers: Sellers
  let treasury: AsyncDisposable
  let prometheus: RunningPrometheus
  let began = 0

  beforeAll(async () => {
    sellers = await startSellers()
    treasury = await startTreasury(sellers.meter)
    prometheus = await startPrometheus([{ job: 'sellers', port: sellers.port }])
    // A rate needs two readings with something between them.
    await sellers.serve(SELLERS.slice(0, 10))
    await readsFresh(10)
    for (const [name, trouble] of FAILING) sellers.fail(name, trouble)
    began = Date.now() / 1_000
    await sellers.serve(SELLERS)
    await readsFresh(97)
    // Two readings of each outcome: a new token, and three codes.
    const read =
      'count_over_time({__name__=~"chaveiro_refresh_duration(_seconds)?_count", chaveiro_provider="bitize"}[5m])'
    await prometheus.until(`count(${read} >= 2)`, ([sample]) => sample?.value === 1 + FAILING.length)
  })

  afterAll(async () => {
    await prometheus[Symbol.asyncDispose]()
    await treasury[Symbol.asyncDispose]()
    await sellers[Symbol.asyncDispose]()
  })

  const readsFresh = (count: number): Promise<unknown> => {
    const fresh = 'chaveiro_accounts{chaveiro_provider="bitize", chaveiro_account_state="fresh"}'
    return prometheus.until(fresh, ([sample]) => sample?.value === count)
  }

  const three = FAILING.map(([name, , code]) => ({ ...BITIZE, chaveiro_account: name, error_type: code }))
  const failingFor = (samples: readonly Sample[]): void => {
    expect(labelsOf(samples)).toHaveLength(three.length)
    expect(new Set(labelsOf(samples))).toEqual(new Set(three))
    const longest = Date.now() / 1_000 - began
    expect(samples.map(({ value }) => value).filter((value) => !between(0, longest + 1)(value))).toEqual([])
  }
  const seconds = (samples: readonly Sample[]): void => {
    const [bitize] = samples.filter(({ labels }) => labels['chaveiro_provider'] === 'bitize')
    expect(bitize?.value).toBeGreaterThan(0)
    expect(bitize?.value).toBeLessThan(60)
  }
  const idle = (samples: readonly Sample[]): void => {
    expect(new Set(samples)).toEqual(new Set([BITIZE, BANK].map((labels) => ({ labels, value: 0 }))))
  }
  const inDays = (samples: readonly Sample[], days: number): void => {
    expect(samples[0]?.value).toBeGreaterThan((days - 0.1) * DAY_S)
    expect(samples[0]?.value).toBeLessThanOrEqual(days * DAY_S)
  }

  /** What the expressions of each panel return, in their order. */
  const EXPECTED: Readonly<Record<string, readonly ((samples: readonly Sample[]) => void)[]>> = {
    'Accounts: Failing accounts, for how long': [failingFor],
    'Accounts: Failing accounts, since when': [
      (samples) => {
        expect(new Set(labelsOf(samples))).toEqual(new Set(three))
        const now = Date.now() / 1_000
        expect(samples.filter(({ value }) => !between(began, now)(value / 1_000))).toEqual([])
      },
    ],
    'Accounts: Failing accounts, over time': [failingFor],
    'Accounts: Accounts by state': [
      (samples) => {
        expect(samples).toHaveLength(14)
        const some = samples.filter(({ value }) => value > 0)
        expect(some).toHaveLength(4)
        const state = (name: string, value: number, about: object) => ({
          labels: { ...about, chaveiro_account_state: name },
          value,
        })
        expect(some).toContainEqual(state('fresh', 97, BITIZE))
        expect(some).toContainEqual(state('credentials-rejected', 1, BITIZE))
        // Without a token, whose renewal may succeed any time.
        expect(some).toContainEqual(state('absent', 2, BITIZE))
        expect(some).toContainEqual(state('fresh', 1, BANK))
      },
    ],
    'Renewals: Renewals by outcome': [
      (samples) => {
        const outcomes = samples.filter(({ labels }) => labels['chaveiro_provider'] === 'bitize')
        const codes = [{}, ...FAILING.map(([, , code]) => ({ error_type: code }))]
        expect(new Set(labelsOf(outcomes))).toEqual(new Set(codes.map((code) => ({ ...BITIZE, ...code }))))
        expect(outcomes.find(({ labels }) => labels['error_type'] === undefined)?.value).toBeGreaterThan(0)
      },
    ],
    'Renewals: Renewals, 95th percentile': [seconds],
    'Renewals: Callers that wait, 95th percentile': [seconds],
    'Renewals: Queue at the token endpoint': [idle, idle],
    'Renewals: Other events': [
      (samples) => expect(labelsOf(samples)).toContainEqual({ ...BITIZE, chaveiro_event: 'refresh.done' }),
    ],
    'API requests: API requests by status': [
      (samples) => expect(labelsOf(samples)).toContainEqual({ ...BITIZE, http_response_status_code: '200' }),
    ],
    'API requests: API requests, 95th percentile': [seconds],
    'What ends: Access tokens': [
      (samples) => {
        expect(new Set(labelsOf(samples))).toEqual(new Set([BITIZE, BANK]))
        inDays(samples, 1)
      },
    ],
    'What ends: Refresh tokens that only a person can replace': [
      (samples) => {
        expect(labelsOf(samples)).toEqual([TREASURY])
        inDays(samples, 5)
      },
    ],
    'What ends: Client certificates': [
      (samples) => {
        expect(labelsOf(samples)).toEqual([TREASURY])
        inDays(samples, 20)
      },
    ],
  }

  const ofSellers = expressions().filter(({ panel }) => !panel.startsWith('chaveiro serve: '))

  it('has the panels that are looked at here, and those of `chaveiro serve`', () => {
    expect(new Set(ofSellers.map(({ panel }) => panel))).toEqual(new Set(Object.keys(EXPECTED)))
  })

  describe.each(Object.entries(EXPECTED))('%s', (panel, expected) => {
    const own = ofSellers.filter((one) => one.panel === panel)
    it('returns what happened', async () => {
      expect(own).toHaveLength(expected.length)
      for (const [index, look] of expected.entries()) {
        // On a busy machine a reading may be missed, and then there is nothing for a second.
        const expression = own[index]?.expression ?? ''
        look(await prometheus.until(expression, (samples) => samples.length > 0))
      }
    })
  })
})
