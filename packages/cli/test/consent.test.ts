import { get } from 'node:http'
import { expect, it } from 'vitest'
import { CLIENT, type ConsentScene, consentScene, decide } from './support/consent-scene.ts'
import { sourceCommand } from './support/source-command.ts'

const command = sourceCommand('asking')
const LOGIN = ['login', 'asking', '--server', 'production']
const CONNECTED = 'Asking is connected. You can close this page.'
const NOT_CONNECTED = 'The account was not connected. The terminal says why. You can close this page.'

const scene = (): Promise<ConsentScene> => consentScene(command)
const redirectUriOf = (page: URL): URL => new URL(page.searchParams.get('redirect_uri') ?? '')

/** Signs in, as a person who agrees. */
async function signIn({ call, opened }: ConsentScene, words: readonly string[] = LOGIN) {
  const login = call(words)
  const callback = await decide(await opened())
  const page = await fetch(callback)
  return { page, callback, outcome: await login.outcome }
}

it('opens the browser, waits for it on this machine, and has a token from then on', async () => {
  const world = await scene()
  const { page, callback, outcome } = await signIn(world)
  expect(outcome).toMatchObject({ status: 0, stdout: '' })
  expect(outcome.stderr).toContain('Signed in to Asking as "default".')
  expect(outcome.stderr).toMatch(/\n {2}http:\/\/127\.0\.0\.1:\d+\/authorize\?\S+\n/)
  expect([callback.hostname, callback.pathname]).toEqual(['127.0.0.1', '/asking/production'])
  expect(await page.text()).toContain(CONNECTED)
  const token = await world.run(['token', 'asking'])
  expect(token).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\S+\n$/) })
  expect(outcome.stderr + world.home.contents()).not.toContain(token.stdout.trim())
  for (const secret of world.simulator.revealSecrets()) expect(outcome.stderr).not.toContain(secret)
})

it('shows the end on a page whose address has no code, and lets no cache, frame or script near it', async () => {
  const { page } = await signIn(await scene())
  expect([new URL(page.url).pathname, new URL(page.url).search]).toEqual(['/done', ''])
  expect(Object.fromEntries(page.headers)).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
  })
})

it('comes back to the same path every time, and to the port of --port', async () => {
  const world = await scene()
  const first = await signIn(world)
  const { port } = first.callback
  const second = await signIn(world, [...LOGIN, '--port', port])
  expect(second.callback.pathname).toBe(first.callback.pathname)
  expect(second.callback.port).toBe(port)
  const busy = world.call([...LOGIN, '--port', port])
  await world.opened()
  const third = await world.run([...LOGIN, '--port', port])
  expect(third).toMatchObject({ status: 2 })
  expect(third.stderr).toContain(`Can't use port ${port} (EADDRINUSE). Choose another one with --port.`)
  busy.kill('SIGINT')
  expect(await busy.outcome).toMatchObject({ status: 130 })
})

it('a person who says no is told so, on the page and in the terminal, and nothing changes', async () => {
  const world = await scene()
  await signIn(world)
  const before = (await world.run(['token', 'asking'])).stdout
  const login = world.call(LOGIN)
  const page = await fetch(await decide(await world.opened(), 'deny'))
  expect(await page.text()).toContain(NOT_CONNECTED)
  const { status, stderr } = await login.outcome
  expect(status).toBe(3)
  expect(stderr).toMatch(/The person did not agree\..*\nSign in again: chaveiro login asking --server production\n$/)
  expect((await world.run(['token', 'asking'])).stdout).toBe(before)
})

it('speaks the language of the person, on the page too', async () => {
  const world = await scene()
  const login = world.call([...LOGIN, '--lang', 'pt-BR'])
  const page = await fetch(await decide(await world.opened()))
  const html = await page.text()
  expect(html).toContain('<html lang="pt-BR">')
  expect(html).toContain('Asking está conectado. Você pode fechar esta página.')
  expect((await login.outcome).stderr).toContain('Faça login em Asking no navegador e autorize.')
})

it('answers at its own address only, and once', async () => {
  const world = await scene()
  const login = world.call(LOGIN)
  const page = await world.opened()
  const own = redirectUriOf(page)
  const statusOf = (path: string, headers: Record<string, string> = {}): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      get(new URL(path, own), { headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).on('error', reject)
    })
  expect(await statusOf('/')).toBe(404)
  expect(await statusOf('/done')).toBe(404)
  expect(await statusOf('/asking/production/more')).toBe(404)
  // A page that made its own name lead to this machine.
  expect(await statusOf('/asking/production?code=x', { host: 'evil.example' })).toBe(404)
  expect((await fetch(own, { method: 'POST' })).status).toBe(404)
  const callback = await decide(page)
  expect((await fetch(callback, { redirect: 'manual' })).status).toBe(303)
  expect((await fetch(callback, { redirect: 'manual' })).status).toBe(404)
  await fetch(new URL('/done', own))
  expect(await login.outcome).toMatchObject({ status: 0 })
})

it('an answer that was made up is refused, and nothing of it is shown', async () => {
  const world = await scene()
  const login = world.call(LOGIN)
  const own = redirectUriOf(await world.opened())
  own.search = `code=made-up&state=${'x'.repeat(43)}&error_description=<script>alert("your bank")</script>`
  const page = await fetch(own)
  expect(await page.text()).not.toMatch(/script>|bank|made-up/)
  const { status, stderr } = await login.outcome
  expect(status).toBe(3)
  expect(stderr).toContain("its state isn't this browser's")
  expect(stderr).not.toMatch(/made-up|bank/)
  expect(world.simulator.count('issueToken')).toBe(0)
})

it('over ssh it prints the address, and says how the browser finds back', async () => {
  const world = await scene()
  const login = world.call(LOGIN, { BROWSER: '', SSH_CONNECTION: '10.0.0.1 5000 10.0.0.2 22' })
  let stderr = ''
  const page = await new Promise<URL>((resolve) => {
    login.stderr.on('data', (chunk) => {
      stderr += String(chunk)
      const [, address] = /\n {2}(http\S+)\n\n[\s\S]*--paste\.\n/.exec(stderr) ?? []
      if (address !== undefined) resolve(new URL(address))
    })
  })
  const { port } = redirectUriOf(page)
  expect(stderr).toContain('Open this address in a browser')
  expect(stderr.replaceAll(/\s+/g, ' ')).toContain(`ssh -L ${port}:127.0.0.1:${port}`)
  await fetch(await decide(page))
  expect(await login.outcome).toMatchObject({ status: 0 })
})

it('--json prints the address to open, and then the account', async () => {
  const { outcome } = await signIn(await scene(), [...LOGIN, '--json'])
  const [first, second] = outcome.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(first).toEqual({
    url: expect.stringMatching(/\/authorize\?/),
    redirectUri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/asking\/production$/),
    userCode: null,
  })
  expect(second).toMatchObject({ provider: 'asking', account: 'default' })
  expect(outcome.stderr).toBe('')
})

it('--scopes are asked for, and again at the next sign-in', async () => {
  const world = await scene()
  for (const words of [[...LOGIN, '--scopes', 'read,write'], LOGIN]) {
    const login = world.call(words)
    const page = await world.opened()
    expect(page.searchParams.get('scope')).toBe('read write')
    await fetch(await decide(page))
    expect(await login.outcome).toMatchObject({ status: 0 })
  }
})

it('two accounts of one client have a token each', async () => {
  const world = await scene()
  for (const name of ['ana', 'bia']) await signIn(world, [...LOGIN, '--account', name])
  const tokens = await Promise.all(
    ['ana', 'bia'].map(async (name) => (await world.run(['token', 'asking', '--account', name])).stdout),
  )
  expect(new Set(tokens).size).toBe(2)
})

it('signing in again does not revoke what the first sign-in brought, because that may end both', async () => {
  const world = await scene()
  await signIn(world)
  await signIn(world)
  expect(world.simulator.count('revokeToken')).toBe(0)
  expect(await world.run(['token', 'asking'])).toMatchObject({ status: 0 })
})

it('a refresh token that is dead is answered with the command that asks the person again', async () => {
  const world = await scene()
  await signIn(world, [...LOGIN, '--account', 'shop'])
  world.simulator.revoke({ which: 'both' })
  const { status, stderr } = await world.run(['token', 'asking', '--min-validity', '2h'])
  expect([status, stderr]).toEqual([
    3,
    expect.stringContaining('Sign in again: chaveiro login asking --server production --account shop'),
  ])
})

it('options about a consent are refused for a provider that asks no person', async () => {
  const world = await scene()
  const words = [['--paste'], ['--port', '8000'], ['--scopes', 'a'], ['--redirect-uri', 'https://a.example/']]
  for (const [option = '', ...value] of words) {
    const { status, stderr } = await world.run(['login', 'bitize', '--server', 'test', option, ...value])
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining(`${option} is for providers that need a person's consent`),
    ])
  }
})

it.each([
  [['--port', '0'], '--port "0" is not a port number'],
  [['--port', '70000'], '--port "70000" is not a port number'],
  [['--redirect-uri', '/callback'], '"/callback" is not a redirect URI.'],
  [['--redirect-uri', 'https://a.example/', '--port', '80'], 'Pass only one of them.'],
])('%j is refused before the browser opens', async (words, sentence) => {
  const world = await scene()
  const { status, stderr } = await world.run([...LOGIN, ...words])
  expect([status, stderr]).toEqual([2, expect.stringContaining(sentence)])
})

it('the client’s secret is in no address and in no argument of the browser', async () => {
  const world = await scene()
  const login = world.call(LOGIN)
  const page = await world.opened()
  expect(page.href).not.toContain(CLIENT.clientSecret)
  login.kill('SIGINT')
  expect(await login.outcome).toMatchObject({ status: 130 })
})
