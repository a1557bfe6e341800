import { once } from 'node:events'
import { expect, it } from 'vitest'
import { newScene, type Scene, signedIn } from './support/scene.ts'

const DAY = 86_400_000
// The stored token has ended, so the next command must call the provider.
const LATER = {
  NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(`const now = Date.now; Date.now = () => now() + ${2 * DAY}`)}`,
}

it('finishes a token call that is under way at Ctrl-C, and the next command finds its token', async () => {
  const scene = await expiring()
  const hang = scene.simulator.faults.next({ kind: 'hang' })
  const { child, outcome } = scene.home.start(['token', 'bitize'], { env: LATER })
  await hang.met
  child.kill('SIGINT')
  await said(child.stderr, 'Waiting for the token call')
  hang.release()
  expect(await outcome).toMatchObject({ status: 130, stdout: '' })
  const calls = scene.simulator.requests.length
  expect(await scene.runProcess(['token', 'bitize'], { env: LATER })).toMatchObject({ status: 0, stderr: '' })
  expect(scene.simulator.requests).toHaveLength(calls)
})

it('ends at once at the second Ctrl-C; the next command takes the abandoned turn over', async () => {
  const scene = await expiring()
  const hang = scene.simulator.faults.next({ kind: 'hang' })
  // A turn counts as abandoned 10 s after a token call could have ended.
  const { child, outcome } = scene.home.start(['token', 'bitize', '--timeout', '900ms'], { env: LATER })
  await hang.met
  child.kill('SIGINT')
  child.kill('SIGTERM')
  expect((await outcome).status).toBeOneOf([130, 143])
  expect(await scene.runProcess(['token', 'bitize'], { env: LATER })).toMatchObject({ status: 0, stderr: '' })
}, 40_000)

it('ends a request at Ctrl-C', async () => {
  const scene = await signedIn()
  const hang = scene.simulator.faults.next({ kind: 'hang', operation: 'listVendors' })
  const { child, outcome } = scene.home.start(['request', 'bitize', '/vendors'])
  await hang.met
  child.kill('SIGINT')
  expect(await outcome).toMatchObject({ status: 130, stdout: '' })
})

it('leaves nothing behind when a sign-in is interrupted', async () => {
  const scene = await newScene()
  const hang = scene.simulator.faults.next({ kind: 'hang' })
  const login = ['login', 'bitize', '--server', scene.url]
  const { child, outcome } = scene.home.start(login, { env: scene.keys })
  await hang.met
  child.kill('SIGTERM')
  await said(child.stderr, 'Waiting for the token call')
  hang.release()
  expect((await outcome).status).toBe(143)
  // Processes again, because a keychain may give the key to its like only.
  expect(await scene.runProcess(['token', 'bitize'])).toMatchObject({ status: 3 })
  expect(await scene.runProcess(login, { env: scene.keys })).toMatchObject({ status: 0 })
})

/** Both sides are two days on. */
async function expiring(): Promise<Scene> {
  let shift = 0
  const scene = await signedIn({ clock: { now: () => Date.now() + shift } })
  shift = 2 * DAY
  return scene
}

async function said(stream: NodeJS.ReadableStream | null, text: string): Promise<void> {
  let heard = ''
  while (stream !== null && !heard.includes(text)) {
    const [chunk] = await once(stream, 'data')
    heard += String(chunk)
  }
}
