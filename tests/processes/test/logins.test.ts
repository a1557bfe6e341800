import type { AccountRef } from '@chaveiro/core'
import { describeWith } from '@chaveiro/test-servers'
import { expect, it } from 'vitest'
import { BANK_LIMIT } from '../src/made-up-bank.ts'
import type { Answer } from '../src/messages.ts'
import { type Efi, startEfi } from './support/efi.ts'
import { type Fleet, startFleetAt } from './support/fleet.ts'
import { type Bank, startBank } from './support/made-up-bank.ts'
import type { Place } from './support/places.ts'
import { redisPlace } from './support/redis-place.ts'
import { REPORTED_LOGINS } from './support/rows/reported-logins.ts'

const WORKERS_PER_PROCESS = 5
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

const two = (place: Place): Promise<Fleet<Bank>> => startFleetAt(startBank, 2, place)

/** Ten workers ask at once, five in each process. One of each five uses the API. */
async function workers(
  fleet: Fleet<Bank | Efi>,
  account: AccountRef | string,
  usesApi = false,
): Promise<readonly Answer[]> {
  const asked = fleet.members.map((member) => member.ask(WORKERS_PER_PROCESS, usesApi, account))
  return (await fleet.passing(Promise.all(asked))).filter((answer) => answer !== undefined)
}

const failures = (answers: readonly Answer[]): readonly string[] => answers.flatMap((answer) => answer.failures)
const sentences = (answers: readonly Answer[]): readonly string[] => answers.flatMap((answer) => answer.sentences)

describeWith(['own-redis'], `F42 ${REPORTED_LOGINS.F42.goesWrong}`, () => {
  it('keeps its promise', async () => {
    await using place = await redisPlace()
    await using fleet = await two(place)
    const { provider } = fleet
    expect(failures(await workers(fleet, 'client', true))).toEqual([])
    expect([provider.calls(), provider.tooMany()]).toEqual([1, 0])
  })

  it('keeps its promise for ten accounts of one client, in one process', async () => {
    await using place = await redisPlace()
    await using fleet = await two(place)
    const { provider } = fleet
    const member = fleet.members.at(0)
    if (member === undefined) throw new Error('A fleet has members.')
    const askAll = async (): Promise<readonly Answer[]> => {
      const asked = Array.from({ length: 10 }, (_, index) => member.ask(1, false, `account ${index}`))
      return (await fleet.passing(Promise.all(asked))).filter((answer) => answer !== undefined)
    }
    const answers = await askAll()
    expect(failures(answers)).toEqual(Array.from({ length: 5 }, () => 'throttled'))
    for (const sentence of sentences(answers)) expect(sentence).toContain('made-up-bank')
    expect(provider.calls()).toBe(5)
    fleet.clock.jump(BANK_LIMIT.perMs)
    expect(failures(await askAll())).toEqual([])
    expect([provider.calls(), provider.tooMany()]).toEqual([10, 0])
  })
})

describeWith(['own-redis'], `F43 ${REPORTED_LOGINS.F43.goesWrong}`, () => {
  it('keeps its promise', async () => {
    await using place = await redisPlace()
    await using fleet = await two(place)
    const { provider } = fleet
    const greedy = await workers(fleet, { tenant: 'client', scopes: ['balance.read', 'payment.write'] })
    expect(new Set(failures(greedy))).toEqual(new Set(['misconfigured']))
    expect(failures(greedy)).toHaveLength(10)
    for (const sentence of sentences(greedy)) expect(sentence).toContain('account "client"')
    expect(provider.calls()).toBeLessThanOrEqual(2)
    const before = provider.calls()
    expect(failures(await workers(fleet, { tenant: 'client', scopes: ['balance.read'] }, true))).toEqual([])
    expect(provider.calls() - before).toBe(1)
    expect(provider.tooMany()).toBe(0)
  })
})

describeWith(['own-redis'], `F44 ${REPORTED_LOGINS.F44.goesWrong}`, () => {
  it('keeps its promise', async () => {
    await using place = await redisPlace()
    await using fleet = await two(place)
    const { provider } = fleet
    await workers(fleet, 'client')
    provider.doubtTokens()
    expect(failures(await workers(fleet, 'client', true))).toEqual([])
    expect(provider.calls()).toBe(2)
  })
})

describeWith(['own-redis'], `F45 ${REPORTED_LOGINS.F45.goesWrong}`, () => {
  it('keeps its promise', async () => {
    await using place = await redisPlace()
    await using fleet = await two(place)
    const { provider } = fleet
    await workers(fleet, 'client')
    provider.endContract()
    expect(failures(await workers(fleet, 'client', true))).toEqual(['status 403', 'status 403'])
    expect([provider.charged(), provider.calls()]).toEqual([2, 1])
  })
})

const twoAtEfi = (place: Place): Promise<Fleet<Efi>> => startFleetAt(startEfi, 2, place)

/** All ten get this code, and a sentence like this. */
function expectAll(answers: readonly Answer[], code: string, sentence: RegExp): void {
  expect(failures(answers)).toEqual(Array.from({ length: 10 }, () => code))
  for (const said of sentences(answers)) expect(said).toMatch(sentence)
}

describeWith(['own-redis', 'openssl'], `F46 ${REPORTED_LOGINS.F46.goesWrong}`, () => {
  it('keeps its promise', async () => {
    await using place = await redisPlace()
    await using fleet = await twoAtEfi(place)
    const { provider } = fleet
    provider.present('of production')
    expectAll(await workers(fleet, 'client'), 'misconfigured', /account "client".*may belong to another environment/)
    expect(provider.calls()).toBe(0)
    provider.present({ daysLeft: 90 })
    fleet.clock.jump(MINUTE_MS)
    expect(failures(await workers(fleet, 'client', true))).toEqual([])
    expect([provider.calls(), fleet.events.get('certificate.expiring')]).toEqual([1, undefined])
  })
})

describeWith(['own-redis', 'openssl'], `F47 ${REPORTED_LOGINS.F47.goesWrong}`, () => {
  it('keeps its promise', async () => {
    await using place = await redisPlace()
    await using fleet = await twoAtEfi(place)
    const { provider, events } = fleet
    provider.present({ daysLeft: 10 })
    for (const _ of ['once', 'again']) expect(failures(await workers(fleet, 'client', true))).toEqual([])
    expect([provider.calls(), events.get('certificate.expiring')]).toEqual([1, 2])
    provider.present({ daysLeft: -1 })
    provider.endTokens()
    fleet.clock.jump(HOUR_MS)
    const day = String.raw`The client certificate expired on \d{4}-\d\d-\d\d.*Renew it`
    expectAll(await workers(fleet, 'client'), 'misconfigured', new RegExp(`account "client".*${day}`))
    expect(provider.calls()).toBe(1)
    provider.present({ daysLeft: 365 })
    fleet.clock.jump(MINUTE_MS)
    expect(failures(await workers(fleet, 'client', true))).toEqual([])
    expect(provider.calls()).toBe(2)
  })
})
