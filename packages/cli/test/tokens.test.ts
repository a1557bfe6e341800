import { type AssineOnlineSimulator, simulateAssineOnline } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { expect, it, onTestFinished } from 'vitest'
import { type Home, newHome } from './support/home.ts'
import { signedIn } from './support/scene.ts'

const DAY = 86_400_000

it('lists the tokens that the provider has issued, the one in use among them', async () => {
  const { home, simulator } = await signedInAtAssineOnline()
  const { id } = simulator.createByPerson()
  const { status, stdout } = await home.run(['tokens', 'list', 'assine-online'])
  expect(status).toBe(0)
  const rows = stdout.trimEnd().split('\n')
  expect(rows[0]).toMatch(/^ {2}id +expires$/)
  expect(rows.filter((row) => row.endsWith('in use here'))).toHaveLength(1)
  expect(rows.some((row) => row.trim().startsWith(`${id} `))).toBe(true)
  for (const secret of simulator.revealSecrets()) expect(stdout).not.toContain(secret)
  const listed: { id: string; current: boolean }[] = JSON.parse(
    (await home.run(['tokens', 'list', 'assine-online', '--json'])).stdout,
  )
  expect(listed.filter(({ current }) => current)).toHaveLength(1)
})

it('creates a token for another program, with the given lifetime, and revokes it', async () => {
  const { home, simulator } = await signedInAtAssineOnline()
  const created = await home.run(['tokens', 'create', 'assine-online', '--lifetime', '2d', '--json'])
  const { token, id, expiresAt } = JSON.parse(created.stdout)
  expect(simulator.revealSecrets()).toContain(token)
  expect(Math.abs(Date.parse(expiresAt) - Date.now() - 2 * DAY)).toBeLessThan(2 * 3_600_000)
  expect(home.contents()).not.toContain(token)
  const revoked = await home.run(['tokens', 'revoke', 'assine-online', id])
  expect(revoked).toMatchObject({ status: 0, stdout: '', stderr: `Revoked token ${id}.\n` })
  const { stdout } = await home.run(['tokens', 'list', 'assine-online', '--json'])
  expect(JSON.parse(stdout).map((listed: { id: string }) => listed.id)).not.toContain(id)
  const again = await home.run(['tokens', 'revoke', 'assine-online', id])
  expect(again).toMatchObject({ status: 2, stdout: '' })
  expect(again.stderr).toContain(`The list has no token ${id}, so nothing was revoked.`)
})

it('prints a created token and nothing else on stdout', async () => {
  const { home, simulator } = await signedInAtAssineOnline()
  const { stdout, stderr } = await home.run(['tokens', 'create', 'assine-online'])
  expect(simulator.revealSecrets()).toContain(stdout.trim())
  expect(stderr).toMatch(/^Created token \d+, valid until \w+ \d.*It isn't saved here and won't be shown again\.\n$/)
})

it('ends the session that it listed with', async () => {
  const { home } = await signedInAtAssineOnline()
  const count = async (): Promise<number> =>
    JSON.parse((await home.run(['tokens', 'list', 'assine-online', '--json'])).stdout).length
  expect(await count()).toBe(await count())
})

it('a token that the account uses is replaced after it was revoked, and revoked at the sign-out', async () => {
  const { home, simulator } = await signedInAtAssineOnline()
  const before = (await home.run(['token', 'assine-online'])).stdout
  const request = ['request', 'assine-online', '/v1/workflow', '-d', '{}']
  simulator.revoke()
  await home.run(request)
  expect((await home.run(['token', 'assine-online'])).stdout).not.toBe(before)
  const applications = (): number =>
    simulator.tokens.filter(({ kind, state }) => kind === 'application' && state === 'live').length
  expect(applications()).toBe(1)
  expect(await home.run(['logout', 'assine-online'])).toMatchObject({ status: 0 })
  expect(applications()).toBe(0)
})

it.each([
  [['list', 'bitize'], /Bitize doesn't list tokens/],
  [['revoke', 'bitize'], /tokens revoke <provider> <id>/],
  [['list', 'bitize', '5'], /tokens revoke <provider> <id>/],
  [['nonsense', 'bitize'], /tokens list <provider>/],
])('chaveiro tokens %j says what is wrong', async (words, sentence) => {
  const scene = await signedIn()
  const outcome = await scene.run(['tokens', ...words])
  expect(outcome).toMatchObject({ status: 2, stdout: '' })
  expect(outcome.stderr).toMatch(sentence)
})

async function signedInAtAssineOnline(): Promise<{ home: Home; simulator: AssineOnlineSimulator }> {
  const home = newHome()
  const simulator = simulateAssineOnline()
  const server = await listen(simulator)
  onTestFinished(() => server.close())
  const stdin = JSON.stringify({ username: simulator.credentials.username, password: simulator.credentials.password })
  const login = ['login', 'assine-online', '--server', server.url.origin, '--from-file', '-']
  expect(await home.run(login, { stdin })).toMatchObject({ status: 0 })
  return { home, simulator }
}
