import { expect, it } from 'vitest'
import { expectNoSecret, newScene, signedIn } from './support/scene.ts'

const DEBUG = { CHAVEIRO_DEBUG: '1' }
const CONSUMER_KEY = 'b171ce00-0000-4000-8000-000000000001'

it('writes what the engine does to stderr, a line for each event, and the data to stdout alone', async () => {
  const scene = await newScene()
  const login = await scene.login([], { env: DEBUG })
  expect(login).toMatchObject({ status: 0, stdout: '' })
  expect(login.stderr.split('\n').filter((line) => line.startsWith('['))).toEqual([
    `[debug] bitize "${CONSUMER_KEY}": token call begins [refresh.started, call 1]`,
    expect.stringMatching(
      /^\[info] bitize "[^"]+": new token 1 after \S+ m?s, valid until \S+Z \[refresh.done, calls 1]$/,
    ),
    // Whatever token the store had for this account before.
    `[info] bitize "${CONSUMER_KEY}": signed out [ended]`,
  ])
  scene.simulator.revoke({ which: 'access' })
  const request = await scene.run(['request', 'bitize', '/vendors'], { env: DEBUG })
  expect(request.status).toBe(0)
  expect(JSON.parse(request.stdout.slice(request.stdout.indexOf('{')))).toMatchObject({ data: [] })
  expect(request.stderr.match(/\[[a-z-]+\.[a-z.]+[^\]]*]/g)).toEqual([
    '[refresh.done, calls 0]',
    '[token.rejected]',
    '[refresh.started, call 1]',
    '[refresh.done, cause rejected, calls 1]',
    '[request.replayed]',
  ])
  expectNoSecret(scene, login.stderr + request.stderr + request.stdout)
})

it('keeps the token alone on stdout, and a failure readable', async () => {
  const scene = await signedIn()
  const outcome = await scene.run(['token', 'bitize'], { env: DEBUG })
  expect(outcome.stdout).toMatch(/^access-1-\S+\n$/)
  expect(outcome.stderr).toMatch(/^\[debug] bitize "[^"]+": found token 1 in the store after [^\n]+\n$/)
  scene.simulator.faults.next({ kind: 'status', status: 503, times: Infinity })
  const failed = await scene.run(['token', 'bitize', '--min-validity', '2d'], { env: DEBUG })
  expect(failed).toMatchObject({ status: 6, stdout: '' })
  expect(failed.stderr).toMatch(
    /^\[error] bitize "[^"]+": no new token after \S+ m?s: unavailable, action retry \[refresh.failed, calls \d]$/m,
  )
  expectNoSecret(scene, outcome.stderr + failed.stderr)
})

it('writes JSON documents with --json, before the error', async () => {
  const scene = await signedIn()
  scene.simulator.faults.next({ kind: 'status', status: 503, times: Infinity })
  const { stderr } = await scene.run(['token', 'bitize', '--min-validity', '2d', '--json'], { env: DEBUG })
  const lines: unknown[] = stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines).toContainEqual({
    level: 'error',
    message: expect.stringContaining('no new token'),
    chaveiro: expect.objectContaining({ type: 'refresh.failed', provider: 'bitize', code: 'unavailable' }),
  })
  expect(lines.at(-1)).toMatchObject({ error: { code: 'unavailable' } })
})

it.each([{}, { CHAVEIRO_DEBUG: '' }, { CHAVEIRO_DEBUG: '0' }])('says nothing with %j', async (env) => {
  const scene = await signedIn()
  scene.simulator.revoke({ which: 'access' })
  expect(await scene.run(['request', 'bitize', '/vendors', '-i'], { env })).toMatchObject({ status: 0, stderr: '' })
})
