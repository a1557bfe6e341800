import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { describeWith } from '@chaveiro/test-servers'
import { expect, it, onTestFinished } from 'vitest'
import { type ConsentScene, consentScene } from './support/consent-scene.ts'
import { sourceCommand } from './support/source-command.ts'
import { openTerminal } from './support/terminal.ts'

const command = sourceCommand('asking')
const LOGIN = ['login', 'showing', '--server', 'production']

/** A provider that shows a code, and takes one for its verifier. */
async function showingScene(): Promise<{
  world: ConsentScene
  env: Readonly<Record<string, string>>
  forms: string[]
}> {
  const world = await consentScene(command)
  const forms: string[] = []
  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json')
    if (request.url === '/codes') {
      const page = `http://${request.headers.host}/apps`
      return response.end(JSON.stringify({ code: 'HJLX-LPSQ', page, verifier: 'the-verifier', expires_in: 600 }))
    }
    const form = await text(request)
    forms.push(form)
    const isRight = form === 'grant_type=code&code=BQXN-TTRP&verifier=the-verifier'
    response.statusCode = isRight ? 200 : 400
    const token = { access_token: 'access-of-the-shown-code', expires_in: 3600, refresh_token: 'refresh-1' }
    return response.end(JSON.stringify(isRight ? token : { error: 'invalid_grant' }))
  })
  server.listen({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { world, forms, env: { TEST_PROVIDER: `http://127.0.0.1:${port}` } }
}

it('shows the code to type, and takes the one that the page shows', async () => {
  const { world, env } = await showingScene()
  const { status, stderr } = await world.run(LOGIN, env, 'BQXN-TTRP\n')
  expect([status, stderr]).toEqual([0, expect.stringContaining('Type this code there: HJLX-LPSQ')])
  expect(stderr).toMatch(/\n {2}http:\/\/127\.0\.0\.1:\d+\/apps\n/)
  expect(stderr).not.toContain('BQXN-TTRP')
  expect((await world.run(['token', 'showing'], env)).stdout).toBe('access-of-the-shown-code\n')
})

it('prints the code as JSON', async () => {
  const { world, env } = await showingScene()
  const { stdout } = await world.run([...LOGIN, '--json'], env, 'BQXN-TTRP')
  expect(JSON.parse(stdout.split('\n')[0] ?? '')).toEqual({
    url: expect.stringMatching(/\/apps$/),
    redirectUri: null,
    userCode: 'HJLX-LPSQ',
  })
})

it('a code that is wrong is sent once, and the person is told to begin again', async () => {
  const { world, env, forms } = await showingScene()
  const { status, stderr } = await world.run(LOGIN, env, 'MISTYPED')
  expect([status, forms.length]).toEqual([3, 1])
  expect(stderr).toMatch(/did not accept the code.*\nSign in again: chaveiro login showing --server production\n$/)
})

it.each([['--paste'], ['--port', '8000'], ['--redirect-uri', 'https://shop.example/callback']])(
  '%s is refused, because no browser comes back',
  async (...words) => {
    const { world, env } = await showingScene()
    const { status, stderr } = await world.run([...LOGIN, ...words], env)
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining("Showing shows a code and doesn't redirect the browser."),
    ])
  },
)

describeWith(['tmux'], 'in a terminal', () => {
  it('the code is asked for', async () => {
    const { world, env } = await showingScene()
    const terminal = openTerminal(world.home, { ...world.env, ...env })
    terminal.enter(`${process.execPath} ${command.main} ${LOGIN.join(' ')}`)
    await terminal.until(/Type this code there: HJLX-LPSQ[\s\S]*The code that Showing shows/)
    terminal.enter('BQXN-TTRP')
    expect(await terminal.until(/Signed in to Showing/)).not.toContain('BQXN-TTRP')
  })
})
