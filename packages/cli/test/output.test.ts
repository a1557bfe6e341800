import { once } from 'node:events'
import { join } from 'node:path'
import { describeWith, OWN_MOUNTS } from '@chaveiro/test-servers'
import { describe, expect, it } from 'vitest'
import type { Running } from './support/home.ts'
import { type Scene, signedIn } from './support/scene.ts'

// Several processes in a row, on a machine that is busy.
const SLOW = 180_000
const HOUR = 3_600_000
/** In the last fifth of an hour's life, and not in its last minute. */
const IN_WINDOW = 55 * 60_000

/** Runs the command with its output redirected, as a shell does it. */
function redirected(how: string): readonly string[] {
  return ['sh', '-c', `exec "$@" ${how}`, 'sh']
}

// Where mounts can be made, the system is a Linux, which has /dev/full.
describeWith(['own-mounts'], 'on a full disk', () => {
  it.each([[['providers']], [['--help']], [['token', 'bitize']], [['request', 'bitize', '/vendors']]])(
    'chaveiro %j > file ends with 7 and a sentence',
    async (words) => {
      const scene = await signedIn()
      const outcome = await scene.runProcess(words, { prefix: redirected('> /dev/full') })
      expect(outcome).toMatchObject({ status: 7, stdout: '' })
      expect(outcome.stderr).toMatch(/The output could not be written because the disk is full \(ENOSPC\)\./)
      expect(outcome.stderr).not.toMatch(/\n\s+at /)
    },
  )

  it('the sentence is JSON with --json', async () => {
    const scene = await signedIn()
    const { stderr } = await scene.runProcess(['status', '--json'], { prefix: redirected('> /dev/full') })
    expect(JSON.parse(stderr)).toEqual({
      error: { code: 'output', exit: 7, message: expect.stringContaining('ENOSPC') },
    })
  })

  it(
    'an stderr that cannot be written changes nothing',
    async () => {
      const scene = await signedIn()
      const prefix = redirected('2> /dev/full')
      expect((await scene.runProcess(['token', 'bitize'], { prefix })).stdout).toMatch(/^access-/)
      expect(await scene.runProcess(['request', 'bitize', '/vendors', '-v'], { prefix })).toMatchObject({ status: 0 })
      expect(await scene.runProcess(['token', 'genpag'], { prefix })).toMatchObject({ status: 3 })
      expect(await scene.runProcess(['token'], { prefix: redirected('> /dev/full 2>&1') })).toMatchObject({ status: 7 })
    },
    SLOW,
  )

  it(
    'a refresh is kept although the reader of its token has gone',
    async () => {
      const { scene, env } = await inWindow()
      const outcome = await scene.runProcess(['token', 'bitize'], { env, prefix: redirected('> /dev/full') })
      expect(outcome).toMatchObject({ status: 7 })
      await expectRefreshedOnce(scene, env)
    },
    SLOW,
  )
})

describeWith(['own-mounts'], 'on a disk that fills up within a write', () => {
  it('an output that is cut is not taken for whole', async () => {
    const scene = await signedIn()
    const file = join(scene.home.path, 'small/output')
    const script = `mkdir "${scene.home.path}/small"; mount -t tmpfs -o size=8k tmpfs "${scene.home.path}/small"`
    const prefix = [...OWN_MOUNTS, 'sh', '-ec', `${script}; exec "$@" > "${file}"`, 'sh']
    // More than 8 KiB, in one write.
    const outcome = await scene.runProcess(['completion', 'powershell'], { prefix })
    expect(outcome).toMatchObject({ status: 7 })
    expect(outcome.stderr).toMatch(/disk is full \(ENOSPC\)\. It is incomplete/)
  })
})

describe('a reader that has gone', () => {
  it.each(['stdout', 'stderr', 'both'])(
    '(%s) does not end a refresh that is under way',
    async (which) => {
      const { scene, env } = await inWindow()
      const hang = scene.simulator.faults.next({ kind: 'hang', operation: 'refreshAccessToken' })
      // Talk after the pipe is closed: the status line on stderr, the body on stdout.
      const answer = scene.simulator.faults.next({ kind: 'hang', operation: 'listVendors' })
      const running = scene.home.start(['request', 'bitize', '/vendors', '-v'], { env })
      // What is closed here has no end to read.
      running.outcome.catch(() => {})
      await Promise.all([hang.met, answer.met])
      const exited = once(running.child, 'exit')
      close(running, which)
      answer.release()
      hang.release()
      expect((await exited)[0]).toBe(0)
      await expectRefreshedOnce(scene, env)
    },
    SLOW,
  )

  it(
    'ends a command that goes on and on',
    async () => {
      const scene = await signedIn()
      const running = scene.home.start(['status', '--watch', '--json'])
      running.outcome.catch(() => {})
      await once(running.child.stdout ?? running.child, 'data')
      const exited = once(running.child, 'exit')
      close(running, 'stdout')
      // Something changes, so that a line is written.
      expect(await scene.run(['logout', 'bitize'])).toMatchObject({ status: 0 })
      expect((await exited)[0]).toBe(0)
    },
    SLOW,
  )
})

it(
  'a terminal that is closed sends SIGHUP more than once, which ends no token call',
  async () => {
    const { scene, env } = await inWindow()
    const hang = scene.simulator.faults.next({ kind: 'hang', operation: 'refreshAccessToken' })
    const { child, outcome } = scene.home.start(['token', 'bitize'], { env })
    outcome.catch(() => {})
    await hang.met
    for (const stream of [child.stdout, child.stderr]) stream?.destroy()
    const exited = once(child, 'exit')
    child.kill('SIGHUP')
    child.kill('SIGHUP')
    child.kill('SIGTERM')
    child.kill('SIGHUP')
    hang.release()
    // Signals that are pending together are not handled in the order in which they were sent.
    expect([129, 143]).toContain((await exited)[0])
    await expectRefreshedOnce(scene, env)
  },
  SLOW,
)

/** Signed in, with a token whose refresh is due. */
async function inWindow(): Promise<{ scene: Scene; env: Record<string, string> }> {
  let shift = 0
  const scene = await signedIn({ accessTokenLifetimeMs: HOUR, clock: { now: () => Date.now() + shift } })
  shift = IN_WINDOW
  const code = `const now = Date.now; Date.now = () => now() + ${IN_WINDOW}`
  return { scene, env: { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(code)}` } }
}

/** The refreshed token is in the store: the next command needs no call. */
async function expectRefreshedOnce(scene: Scene, env: Record<string, string>): Promise<void> {
  const { simulator } = scene
  const refreshes = simulator.count('refreshAccessToken')
  const next = await scene.runProcess(['token', 'bitize'], { env })
  expect(next).toMatchObject({ status: 0, stderr: '' })
  expect(simulator.revealSecrets()).toContain(next.stdout.trim())
  expect([refreshes, simulator.count('refreshAccessToken'), simulator.count('authenticate')]).toEqual([1, 1, 1])
}

function close({ child }: Running, which: string): void {
  if (which !== 'stderr') child.stdout?.destroy()
  if (which !== 'stdout') child.stderr?.destroy()
}
