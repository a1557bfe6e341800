import { expect, it } from 'vitest'
import { type ConsentScene, consentScene, decide } from './support/consent-scene.ts'
import { newHome } from './support/home.ts'
import { sourceCommand } from './support/source-command.ts'

const command = sourceCommand('asking')
const WITHIN = ['keep-alive', '--within', '3d']
const TEN_DAYS = { TEST_IDLE_DAYS: '10' }
const TWO_DAYS = { TEST_IDLE_DAYS: '2' }

/** Signs in to an account whose refresh token ends in this time. */
async function signIn({ call, opened }: ConsentScene, account: string, idle: Readonly<Record<string, string>>) {
  const login = call(['login', 'asking', '--server', 'production', '--account', account], idle)
  await fetch(await decide(await opened()))
  expect(await login.outcome).toMatchObject({ status: 0 })
}

it('uses the refresh tokens that would end, and no others', async () => {
  const world = await consentScene(command)
  await signIn(world, 'ana', TWO_DAYS)
  await signIn(world, 'bia', TEN_DAYS)
  const before = world.simulator.count('issueToken')
  const { status, stdout, stderr } = await world.run(WITHIN, TEN_DAYS)
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^asking, account "ana": used\. The refresh token is now valid until .+\.\n$/)
  expect(world.simulator.count('issueToken')).toBe(before + 1)
  // What was used needs nothing the next day, and a mail of cron says nothing.
  expect(await world.run(WITHIN, TEN_DAYS)).toMatchObject({ status: 0, stdout: '' })
  expect(world.simulator.reuses).toBe(0)
})

it('asks for a person where a refresh token is dead, with exit code 3, and goes on with the others', async () => {
  const world = await consentScene(command)
  await signIn(world, 'ana', TWO_DAYS)
  world.simulator.revoke({ which: 'both' })
  await signIn(world, 'bia', TWO_DAYS)
  const { status, stdout } = await world.run(WITHIN, TEN_DAYS)
  expect(status).toBe(3)
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
    /account "ana": the refresh token could not be used \(reauthorization-required\)\. Sign in again: chaveiro login asking --account ana asking, account "bia": used\./,
  )
})

it('asks for a person where an end does not move', async () => {
  const world = await consentScene(command)
  await signIn(world, 'ana', TWO_DAYS)
  const { status, stdout } = await world.run([...WITHIN, '--lang', 'pt-BR'], { TEST_IDLE_DAYS: '1' })
  expect(status).toBe(3)
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
    /conta "ana": o refresh token vale até .+, e usá-lo não estende esse prazo\. Faça login de novo: chaveiro login asking --account ana/,
  )
})

it('is worth another try, with exit code 6, where the provider is away', async () => {
  const world = await consentScene(command)
  await signIn(world, 'ana', TWO_DAYS)
  world.simulator.faults.next({ kind: 'status', status: 503, times: Number.POSITIVE_INFINITY })
  const { status, stdout } = await world.run(WITHIN, TEN_DAYS)
  expect([status, stdout]).toEqual([6, expect.stringContaining('could not be used (unavailable)')])
})

it('prints all accounts as JSON', async () => {
  const world = await consentScene(command)
  await signIn(world, 'ana', TWO_DAYS)
  await signIn(world, 'bia', TEN_DAYS)
  const { status, stdout, stderr } = await world.run([...WITHIN, '--json'], TEN_DAYS)
  const facts = { provider: 'asking', code: null, refreshExpiresAt: expect.stringMatching(/^\d{4}-.*Z$/) }
  expect([status, stderr]).toEqual([0, ''])
  expect(JSON.parse(stdout)).toEqual([
    { ...facts, account: 'ana', outcome: 'kept' },
    { ...facts, account: 'bia', outcome: 'untouched' },
  ])
})

it("has nothing to do without accounts, and refuses what isn't a time", async () => {
  const home = newHome()
  expect(await home.run(['keep-alive', '--json'])).toMatchObject({ status: 0, stdout: '[]\n' })
  expect(await home.run(['keep-alive', '--within', '3 days'])).toMatchObject({ status: 2 })
})
