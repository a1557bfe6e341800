import { randomBytes, randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import type { Outcome, Step } from './messages.ts'
import { type MovedClock, movedClock } from './moved-clock.ts'
import { type Accounts, openAccounts } from './open-accounts.ts'
import { openRedis } from './redis-server.ts'
import type { ResendUnknown, Settings } from './settings.ts'
import { APPLICATION, type SimulatedProvider, startProvider } from './simulated-provider.ts'
import { type StartedProcess, startProcess } from './started-process.ts'

// A little more than an access token lives.
const THREE_HOURS_MS = 3 * 3_600_000 + 1_000
const CONSENTS_AT_ONCE = 16

export interface PlayOptions {
  readonly sellers: number
  readonly resendUnknown: ResendUnknown
  /** A Redis that is there already. @default one of its own */
  readonly redisUrl: string | undefined
  /** The file of `seller-process.ts`, compiled. */
  readonly program: string
}

/**
 * Two processes, one Redis, thousands of sellers; one process is killed in the middle of its work. Yields what happened,
 * step by step, as the simulated provider and process 2 counted it.
 */
export async function* play({ sellers: count, resendUnknown, redisUrl, program }: PlayOptions): AsyncGenerator<Step> {
  const sellers = Array.from({ length: count }, (_, index) => `seller-${index + 1}`)
  const clock = movedClock()
  await using redis = await openRedis(redisUrl)
  await using provider = await startProvider(sellers, clock)
  const settings = (name: string): Settings => ({
    server: provider.url,
    clientId: APPLICATION.clientId,
    clientSecret: APPLICATION.clientSecret,
    redis: redis.url,
    prefix,
    sealingKey,
    resendUnknown,
    sellers,
    name,
  })
  const prefix = `chaveiro-proof-${randomUUID()}:`
  const sealingKey = randomBytes(32).toString('base64')
  yield { step: 'began', sellers: count }

  await using accounts = await openAccounts(settings('web server'), clock)
  const took = stopwatch()
  await connectAll(accounts, provider, sellers)
  yield { step: 'connected', sellers: count, tokenCalls: provider.tokenCalls(), ms: took() }

  const processes = await Promise.all(['process 1', 'process 2'].map((name) => startProcess(program, settings(name))))
  const [one, two] = processes
  try {
    if (one === undefined || two === undefined) throw new Error('Two processes were to start.')
    yield* share(provider, clock, [one, two], count)
    yield* killOne(provider, clock, { one, two, sellers: count, resendUnknown })
  } finally {
    await Promise.all(processes.map((each) => each.end()))
    await accounts.forgetAll()
  }
}

/** Each seller agrees on the provider's page, which brings the first refresh token. */
async function connectAll(
  { tokens }: Accounts,
  { simulator }: SimulatedProvider,
  sellers: readonly string[],
): Promise<void> {
  const [redirectUri] = APPLICATION.redirectUris
  const queue = sellers.values()
  const work = async (): Promise<void> => {
    for (const seller of queue) {
      const { consent } = tokens.account(seller)
      const { url, pending } = await consent.begin({ redirectUri })
      await consent.finish({ url: await simulator.consent(url, { allow: true, account: seller }), pending })
    }
  }
  await Promise.all(Array.from({ length: CONSENTS_AT_ONCE }, work))
}

/** All access tokens have ended, and both processes want one for every seller. */
async function* share(
  provider: SimulatedProvider,
  clock: MovedClock,
  processes: readonly StartedProcess[],
  sellers: number,
): AsyncGenerator<Step> {
  await pass(clock, processes)
  provider.startCounting()
  const took = stopwatch()
  const outcomes = await Promise.all(processes.map((each) => each.tell({ order: 'warm' })))
  const ready = outcomes.map((outcome) => outcome?.ready ?? 0)
  yield { step: 'shared', sellers, tokenCalls: provider.tokenCalls(), ready, ms: took() }
}

/** The same again, but one process is killed when half of the calls have come. */
async function* killOne(
  provider: SimulatedProvider,
  clock: MovedClock,
  {
    one,
    two,
    sellers,
    resendUnknown,
  }: { one: StartedProcess; two: StartedProcess; sellers: number; resendUnknown: ResendUnknown },
): AsyncGenerator<Step> {
  await pass(clock, [one, two])
  provider.startCounting()
  const killed = new Promise<number>((resolve) => {
    provider.onTokenCall('process 1', Math.ceil(sellers / 2), () => {
      one.kill()
      resolve(provider.tokenCalls())
    })
  })
  const took = stopwatch()
  const first = one.tell({ order: 'warm' })
  const second = two.tell({ order: 'warm' })
  yield { step: 'killed', sellers, afterCalls: await Promise.race([killed, first.then(() => 0)]) }

  const warmed = await second
  const ms = took()
  const used = await two.tell({ order: 'use' })
  const answered = provider.answeredInVain('process 1')
  const { repeated = 0 } = used ?? {}
  const toAgreeAgain = used?.failed['reauthorization-required'] ?? 0
  const inFlight = resendUnknown === 'once' ? repeated : toAgreeAgain
  const otherErrors = sum(warmed) + sum(used) - 2 * toAgreeAgain
  const ready = used?.ready ?? 0
  yield { step: 'went-on', sellers, resendUnknown, ready, inFlight, answered, repeated, toAgreeAgain, otherErrors, ms }

  const { reuses } = provider.simulator
  yield { step: 'counted', resendUnknown, repeated, ...provider.refreshTokens(), reuses }
}

function sum(outcome: Outcome | undefined): number {
  return Object.values(outcome?.failed ?? {}).reduce((total, count) => total + count, 0)
}

async function pass(clock: MovedClock, processes: readonly StartedProcess[]): Promise<void> {
  clock.advance(THREE_HOURS_MS)
  await Promise.all(processes.map((each) => each.tell({ order: 'advance', ms: THREE_HOURS_MS })))
}

function stopwatch(): () => number {
  const begun = performance.now()
  return () => Math.round(performance.now() - begun)
}
