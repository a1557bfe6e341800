import { describeWith } from '@chaveiro/test-servers'
import { expect, it } from 'vitest'
import type { Answer } from '../src/messages.ts'
import { agree } from './support/agree.ts'
import { type ConsentProvider, LIFE_MS, startConsentProvider } from './support/consent-provider.ts'
import { type Fleet, startFleetAt } from './support/fleet.ts'
import { type OlderDeployment, olderDeployment } from './support/older-deployment.ts'
import type { Place } from './support/places.ts'
import { redisPlace } from './support/redis-place.ts'
import { REPORTED_RACES } from './support/rows/reported-races.ts'

const HOUR_MS = 3_600_000
const REAUTHORIZE = 'reauthorization-required'
// From Friday, 18:00, to Monday, 10:00.
const WEEKEND_HOURS = 64
const IN_THE_WINDOW = 0.9 * LIFE_MS.bling
const AFTER_THE_END = 1.01 * LIFE_MS.bling

/** Two processes, which can get tokens only through a person's consent. */
const two = (start: ReturnType<typeof startConsentProvider>, place: Place): Promise<Fleet<ConsentProvider>> =>
  startFleetAt(start, 2, place, { canAcquire: false })

const failures = (answers: readonly Answer[]): readonly string[] => answers.flatMap((answer) => answer.failures)
const generations = (answers: readonly Answer[]) => new Set(answers.map(({ generation }) => generation))
const present = (answers: readonly (Answer | undefined)[]): Answer[] => answers.filter((one) => one !== undefined)
/** The instant that a sentence names, in epoch milliseconds. */
const instantIn = (sentence: string): number => Date.parse(/\d{4}-\S+Z/.exec(sentence)?.[0] ?? '')

describeWith(['own-redis'], `F36 ${REPORTED_RACES.F36.goesWrong}`, () => {
  const mercadoLivre = startConsentProvider('mercado-livre')
  const life = LIFE_MS['mercado-livre']

  it.each([
    ['before the token ends', 0.9],
    ['after it has ended', 1.01],
  ])('keeps its promise %s', async (_, age) => {
    await using place = await redisPlace()
    await using fleet = await two(mercadoLivre, place)
    await agree(fleet)
    fleet.moveToAge(age * life)
    const answers = await fleet.ask()
    expect(failures(answers)).toEqual([])
    expect(generations(answers)).toEqual(new Set([2]))
    expect([fleet.provider.calls(), fleet.provider.mostSent(), fleet.provider.simulator.reuses]).toEqual([2, 1, 0])
  })

  it('keeps its promise when the webhook got a 401 while the request of the job leaves', async () => {
    await using place = await redisPlace()
    await using fleet = await two(mercadoLivre, place)
    await agree(fleet)
    await fleet.ask()
    fleet.moveToAge(1.01 * life)
    const { member, others, own } = await fleet.holdOne('sending')
    fleet.provider.simulator.revoke({ which: 'access' })
    member.go()
    const answers = present([...(await fleet.passing(others)), await fleet.passing(own)])
    expect(failures(answers)).toEqual([])
    expect([fleet.provider.calls(), fleet.provider.mostSent(), fleet.provider.simulator.reuses]).toEqual([2, 1, 0])
  })
})

describeWith(['own-redis'], `F37 ${REPORTED_RACES.F37.goesWrong}`, () => {
  it('keeps its promise', async () => {
    await using place = await redisPlace()
    await using fleet = await two(startConsentProvider('tiny'), place)
    await agree(fleet)
    const [timer] = fleet.members
    for (let hours = 0; hours < WEEKEND_HOURS; hours += 8) {
      fleet.clock.jump(8 * HOUR_MS)
      expect(await fleet.passing(timer?.keepAlive(20 * HOUR_MS) ?? Promise.reject())).toMatchObject({ failures: [] })
    }
    expect(failures(await fleet.ask())).toEqual([])
    expect([fleet.provider.mostSent(), fleet.provider.simulator.reuses]).toEqual([1, 0])
  })
})

describeWith(['own-redis'], `F38 ${REPORTED_RACES.F38.goesWrong}`, () => {
  it('keeps its promise', async () => {
    await using place = await redisPlace()
    await using fleet = await two(startConsentProvider('tiny'), place)
    await agree(fleet)
    const end = fleet.provider.issuedAt() + 24 * HOUR_MS
    fleet.clock.jump(WEEKEND_HOURS * HOUR_MS)
    const answers = await fleet.ask()
    expect(new Set(failures(answers))).toEqual(new Set([REAUTHORIZE]))
    for (const sentence of answers.flatMap(({ sentences }) => sentences))
      expect(Math.abs(instantIn(sentence) - end)).toBeLessThan(60_000)
    expect(fleet.provider.calls()).toBe(1)
    await agree(fleet)
    expect(failures(await fleet.ask())).toEqual([])
  })
})

describeWith(['own-redis'], `F39 ${REPORTED_RACES.F39.goesWrong}`, () => {
  it('keeps its promise', async () => {
    await using race = await againstOlderDeployment('reject')
    const { fleet, older } = race
    fleet.moveToAge(IN_THE_WINDOW)
    expect(generations(await fleet.ask())).toEqual(new Set([2]))
    expect(await older.refresh()).toBe(false)
    fleet.moveToAge(AFTER_THE_END)
    expect(failures(await fleet.ask())).toEqual([])
  })
})

describeWith(['own-redis'], `F40 ${REPORTED_RACES.F40.goesWrong}`, () => {
  it('keeps its promise', async () => {
    await using race = await againstOlderDeployment('reject')
    const { fleet, older } = race
    fleet.moveToAge(IN_THE_WINDOW)
    expect(failures(await comeSecond(race))).toEqual([])
    // Of the token in hand, not of the one that the older deployment got.
    fleet.clock.jump(AFTER_THE_END - IN_THE_WINDOW)
    expect(new Set(failures(await fleet.ask()))).toEqual(new Set([REAUTHORIZE]))
    await older.handOver(fleet)
    expect(failures(await fleet.ask())).toEqual([])
    expect(fleet.provider.mostSent()).toBe(2)
  })
})

describeWith(['own-redis'], `F41 ${REPORTED_RACES.F41.goesWrong}`, () => {
  it('keeps its promise when the older deployment comes second', async () => {
    await using race = await againstOlderDeployment('revoke-family')
    const { fleet, older } = race
    fleet.moveToAge(IN_THE_WINDOW)
    await fleet.ask()
    expect(await older.refresh()).toBe(false)
    fleet.moveToAge(AFTER_THE_END)
    await expectToNeedPerson(fleet, 1)
  })

  it('keeps its promise when the older deployment comes first', async () => {
    await using race = await againstOlderDeployment('revoke-family')
    const { fleet } = race
    fleet.moveToAge(AFTER_THE_END)
    expect(new Set(failures(await comeSecond(race)))).toEqual(new Set([REAUTHORIZE]))
    await expectToNeedPerson(fleet, 0)
  })
})

interface Race extends AsyncDisposable {
  readonly fleet: Fleet<ConsentProvider>
  readonly older: OlderDeployment
}

/** The pair of an older deployment was handed over, and the older one goes on with it all the same. */
async function againstOlderDeployment(reuse: 'reject' | 'revoke-family'): Promise<Race> {
  const place = await redisPlace()
  const fleet = await two(startConsentProvider('bling', { refreshToken: { idleMs: 720 * HOUR_MS, reuse } }), place)
  const older = await olderDeployment(fleet.provider)
  await older.handOver(fleet, fleet.provider.issuedAt() + LIFE_MS.bling)
  return {
    fleet,
    older,
    async [Symbol.asyncDispose]() {
      older[Symbol.dispose]()
      await fleet[Symbol.asyncDispose]()
      await place[Symbol.asyncDispose]()
    },
  }
}

/** The older deployment refreshes while the fleet's request leaves, with the same refresh token. */
async function comeSecond({ fleet, older }: Race): Promise<readonly Answer[]> {
  const { member, others, own } = await fleet.holdOne('sending')
  expect(await older.refresh()).toBe(true)
  member.go()
  return present([...(await fleet.passing(others)), await fleet.passing(own)])
}

/** All are told to send a person, after so many calls; and are well when that person has agreed. */
async function expectToNeedPerson(fleet: Fleet<ConsentProvider>, calls: number): Promise<void> {
  const before = fleet.provider.calls()
  const answers = await fleet.ask()
  expect(new Set(failures(answers))).toEqual(new Set([REAUTHORIZE]))
  for (const { sentences } of answers) expect(sentences[0]).toContain('A person has to sign in again')
  expect(fleet.provider.calls() - before).toBe(calls)
  await agree(fleet)
  expect(failures(await fleet.ask())).toEqual([])
}
