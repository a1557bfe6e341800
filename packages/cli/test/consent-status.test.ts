import { expect, it } from 'vitest'
import { type ConsentScene, consentScene, decide } from './support/consent-scene.ts'
import { sourceCommand } from './support/source-command.ts'

const command = sourceCommand('asking')

/** Signs in to an account whose refresh token ends in so many days. */
async function signedIn(days: number): Promise<ConsentScene> {
  const world = await consentScene(command)
  const login = world.call(['login', 'asking', '--server', 'production'], { TEST_IDLE_DAYS: String(days) })
  await fetch(await decide(await world.opened()))
  expect(await login.outcome).toMatchObject({ status: 0 })
  return world
}

const onOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ')

it('doctor says when the refresh token expires, and which command uses it first', async () => {
  const { run } = await signedIn(10)
  const { status, stdout } = await run(['doctor'])
  expect([status, onOneLine(stdout)]).toEqual([
    0,
    expect.stringMatching(
      /✓ consent the refresh token expires in 9 d 23 h, unless chaveiro keep-alive --within 3d uses it first/,
    ),
  ])
})

it('doctor finds one that ends soon, and says what to run, in this profile', async () => {
  const { run } = await signedIn(2)
  const found = await run(['doctor', '--json'])
  const consent = JSON.parse(found.stdout).find(({ check }: { check: string }) => check === 'consent')
  expect([found.status, consent]).toEqual([
    1,
    {
      account: { provider: 'asking', account: 'default' },
      check: 'consent',
      ok: false,
      detail: expect.stringMatching(/expires in 1 d 23 h/),
      remedy:
        "Run this now: chaveiro keep-alive --within 3d. If that doesn't extend it, sign in again: chaveiro login asking",
    },
  ])
  const inPortuguese = await run(['doctor', '--lang', 'pt-BR'])
  expect(onOneLine(inPortuguese.stdout)).toContain('o refresh token expira em 1 d 23 h, a menos que')
})

it('status shows it too', async () => {
  const { run } = await signedIn(10)
  expect((await run(['status'])).stdout).toMatch(/refresh token expires[\s\S]*in 9 d 23 h/)
  expect(JSON.parse((await run(['status', '--json'])).stdout)).toMatchObject([
    { provider: 'asking', state: 'fresh', refreshExpiresAt: expect.stringMatching(/^\d{4}-.*Z$/) },
  ])
})
