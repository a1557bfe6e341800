import { createAssineOnline } from '@chaveiro/assine-online'
import { type AssineOnlineSimulator, simulateAssineOnline } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { describeWith } from '@chaveiro/test-servers'
import { expect, it, onTestFinished } from 'vitest'
import { type Home, newHome } from './support/home.ts'
import { openTerminal } from './support/terminal.ts'

const LOGIN = ['login', 'assine-online', '--server']

it('signs in with an application token that a person made, after one request that proves it', async () => {
  const { home, simulator, url } = await newAssineOnline()
  const { accessToken: made } = simulator.createByPerson()
  const env = { ASSINE_ONLINE_APPLICATION_TOKEN: made }
  const login = await home.run([...LOGIN, url], { env })
  expect(login).toMatchObject({ status: 0, stdout: '' })
  expect(login.stderr).toMatch(/^applicationToken: from ASSINE_ONLINE_APPLICATION_TOKEN\nSigned in to Assine Online/)
  expect([simulator.count('readUser'), simulator.count('login')]).toEqual([1, 0])
  expect(login.stderr + home.contents()).not.toContain(made)
  expect(await home.run(['token', 'assine-online'])).toMatchObject({ status: 0, stdout: `${made}\n` })
  const list = await home.run(['tokens', 'list', 'assine-online'])
  expect(list).toMatchObject({ status: 2, stderr: "Assine Online doesn't list tokens for this account.\n" })
  const demo = await home.run(['demo', 'assine-online', '--server', url, '--json'], { env })
  expect(JSON.parse(demo.stdout)).toMatchObject({ ok: true, scenes: [{ scene: 'token' }, { scene: 'request' }] })
  // What a person made, a person revokes.
  expect(await home.run(['logout', 'assine-online'])).toMatchObject({ status: 0 })
  expect(simulator.tokens.map(({ state }) => state)).toEqual(['live'])
})

it('keeps nothing of an application token that is refused', async () => {
  const { home, url } = await newAssineOnline()
  const stdin = 'applicationToken=canary-of-a-wrong-token'
  const { status, stdout, stderr } = await home.run([...LOGIN, url, '--from-file', '-'], { stdin })
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
  expect(stderr).toContain('Assine Online rejected this token with 401, so nothing was saved.')
  expect(stderr + home.contents()).not.toContain('canary-of-a-wrong-token')
  expect(await home.run(['token', 'assine-online'])).toMatchObject({ status: 3 })
})

it('signs in with a session that was opened elsewhere, which it does not end', async () => {
  const { home, simulator, url } = await newAssineOnline()
  const { username, password } = simulator.credentials
  await using elsewhere = createAssineOnline({ server: new URL(url), username, password })
  const session = (await elsewhere.session.getToken()).reveal()
  const stdin = JSON.stringify({ sessionToken: session, password })
  expect(await home.run([...LOGIN, url, '--from-file', '-'], { stdin })).toMatchObject({ status: 0 })
  expect([simulator.count('login'), simulator.count('createApplicationToken')]).toEqual([1, 1])
  const list = ['tokens', 'list', 'assine-online', '--json']
  expect(JSON.parse((await home.run(list)).stdout)).toHaveLength(2)
  expect(await home.run(list)).toMatchObject({ status: 0 })
  expect(await home.run(['logout', 'assine-online'])).toMatchObject({ status: 0 })
  expect(simulator.tokens.map(({ kind, state }) => `${kind} ${state}`)).toEqual(['session live', 'application revoked'])
})

it.each([
  [
    { ASSINE_ONLINE_USERNAME: 'a', ASSINE_ONLINE_APPLICATION_TOKEN: 'canary' },
    /ASSINE_ONLINE_USERNAME and ASSINE_ONLINE_APPLICATION_TOKEN are different ways to sign in/,
  ],
  [{ ASSINE_ONLINE_SESSION_TOKEN: 'canary' }, /needs these.*\n {2}ASSINE_ONLINE_PASSWORD +The password.*\n$/],
  [
    {},
    /\n {2}ASSINE_ONLINE_USERNAME .*\n {2}ASSINE_ONLINE_PASSWORD .*\nor\n(.*\n)+or\n {2}ASSINE_ONLINE_APPLICATION_TOKEN .*\n$/,
  ],
])('with %j it says what is missing or too much', async (env: Record<string, string>, sentence) => {
  const { status, stdout, stderr } = await newHome().run([...LOGIN, 'homologation'], { env })
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(sentence)
  expect(stderr).not.toContain('canary')
})

it('a file decides before the environment', async () => {
  const { home, simulator, url } = await newAssineOnline()
  const { accessToken: made } = simulator.createByPerson()
  const env = { ASSINE_ONLINE_USERNAME: 'a', ASSINE_ONLINE_PASSWORD: 'b' }
  const stdin = `ASSINE_ONLINE_APPLICATION_TOKEN=${made}`
  expect(await home.run([...LOGIN, url, '--from-file', '-'], { env, stdin })).toMatchObject({ status: 0 })
  expect((await home.run(['token', 'assine-online'])).stdout).toBe(`${made}\n`)
})

describeWith(['tmux'], 'in a terminal', () => {
  it.each([
    ['en', /How do you want to sign in to Assine Online\?/, /Signed in to Assine Online/],
    ['pt-BR', /Como você quer fazer login em Assine Online\?/, /Login feito em Assine Online/],
  ])(
    'asks in %s which way, then for its inputs only',
    async (language, question, done) => {
      const { home, simulator, url } = await newAssineOnline()
      const { accessToken: made } = simulator.createByPerson()
      const terminal = openTerminal(home)
      await terminal.until(/ready>/)
      terminal.enter(`chaveiro ${LOGIN.join(' ')} ${url} --lang ${language}`)
      const asked = await terminal.until(/username, password\n.*sessionToken, password\n.*applicationToken/)
      expect(asked).toMatch(question)
      terminal.press('Up')
      terminal.press('Enter')
      await terminal.until(/applicationToken: (An application token|Um token de aplicação)/)
      terminal.enter(made)
      expect(await terminal.until(done)).not.toContain(made)
    },
    60_000,
  )
})

async function newAssineOnline(): Promise<{ home: Home; simulator: AssineOnlineSimulator; url: string }> {
  const simulator = simulateAssineOnline()
  const server = await listen(simulator)
  onTestFinished(() => server.close())
  return { home: newHome(), simulator, url: server.url.origin }
}
