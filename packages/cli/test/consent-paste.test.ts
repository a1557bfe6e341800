import { describeWith } from '@chaveiro/test-servers'
import { describe, expect, it } from 'vitest'
import { type ConsentScene, consentScene, decide } from './support/consent-scene.ts'
import { sourceCommand } from './support/source-command.ts'
import { openTerminal } from './support/terminal.ts'

const command = sourceCommand('asking')
const LOGIN = ['login', 'asking', '--server', 'production']
const REGISTERED = 'https://shop.example/callback'

/**
 * Signs in through a pipe: what the provider sends the person to is written to it once it is known. A process remembers whose
 * a redirect URI is, and the tests use one, so each command is a process of its own.
 */
async function paste(
  { start, opened }: ConsentScene,
  words: readonly string[],
  env = {},
  change = (url: URL) => url.href,
) {
  const login = start(words, env)
  const page = await opened()
  const callback = await decide(page)
  login.child.stdin?.end(`${change(callback)}\n`)
  return { page, callback, outcome: await login.outcome }
}

it('takes the address that the person brings, for a redirect URI that is registered elsewhere', async () => {
  const world = await consentScene(command)
  const { page, callback, outcome } = await paste(world, [...LOGIN, '--redirect-uri', REGISTERED])
  expect(page.searchParams.get('redirect_uri')).toBe(REGISTERED)
  expect(callback.href).toMatch(/^https:\/\/shop\.example\/callback\?/)
  expect(outcome).toMatchObject({ status: 0, stdout: '' })
  expect(outcome.stderr).not.toContain(callback.searchParams.get('code'))
  expect(await world.start(['token', 'asking']).outcome).toMatchObject({ status: 0 })
})

it('remembers the redirect URI, and takes it from a variable', async () => {
  const world = await consentScene(command)
  await paste(world, LOGIN, { ASKING_REDIRECT_URI: REGISTERED })
  const { page, outcome } = await paste(world, LOGIN)
  expect(page.searchParams.get('redirect_uri')).toBe(REGISTERED)
  expect(outcome.status).toBe(0)
})

it('--paste alone uses the address on this machine, and listens to nothing', async () => {
  const world = await consentScene(command)
  const { callback, outcome } = await paste(world, [...LOGIN, '--paste'])
  expect(callback.href).toMatch(/^http:\/\/127\.0\.0\.1\/asking\/production\?/)
  expect(outcome.status).toBe(0)
})

describe('an address that can’t be right', () => {
  it.each([
    ['has no answer in it', () => REGISTERED, 2, 'neither a code nor an error'],
    ['is of another place', (url: URL) => `https://evil.example/${url.search}`, 8, "isn't the redirect URI"],
    ['has a parameter twice', (url: URL) => `${url.href}&code=x`, 8, 'a parameter twice'],
  ])('%s', async (_, change, exit, sentence) => {
    const world = await consentScene(command)
    const { outcome } = await paste(world, [...LOGIN, '--redirect-uri', REGISTERED], {}, change)
    expect([outcome.status, outcome.stderr]).toEqual([exit, expect.stringContaining(sentence)])
    expect(world.simulator.count('issueToken')).toBe(0)
  })
})

it('a redirect URI of another provider or server is refused, and its own account may have it again', async () => {
  const world = await consentScene(command)
  const words = ['--redirect-uri', REGISTERED]
  await paste(world, [...LOGIN, ...words])
  for (const [provider = '', server = ''] of [
    ['other', 'production'],
    ['asking', 'test'],
  ]) {
    const { status, stderr } = await world.start(['login', provider, '--server', server, '--account', 'two', ...words])
      .outcome
    expect(status).toBe(2)
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(
      `${REGISTERED} is already the redirect URI of asking, account "default".`,
    )
  }
  expect((await paste(world, [...LOGIN, '--account', 'two', ...words])).outcome.status).toBe(0)
})

describeWith(['tmux'], 'in a terminal', () => {
  it('the address is asked for, and not shown while it is pasted', async () => {
    const world = await consentScene(command)
    const terminal = openTerminal(world.home, world.env)
    terminal.enter(`${process.execPath} ${command.main} ${LOGIN.join(' ')} --redirect-uri ${REGISTERED}`)
    const callback = await decide(await world.opened())
    await terminal.until(/The address that Asking redirected your browser to/)
    terminal.paste(callback.href)
    terminal.press('Enter')
    const screen = await terminal.until(/Signed in to Asking/)
    expect(screen.replaceAll('\n', '')).not.toContain(callback.searchParams.get('code'))
  })
})
