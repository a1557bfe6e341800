import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describeWith, startRedis } from '@chaveiro/test-servers'
import { expect, it, vi } from 'vitest'
import { newScene, signedIn } from '../support/scene.ts'
import { startServe } from './support/serve-process.ts'

const MINUTE = 60_000
const PATIENCE = { timeout: 20_000, interval: 100 }

describeWith(['own-redis'], 'a Redis that goes away while tokens are served', () => {
  it(
    'makes the server unready and ends no call, and all is as before when it is back',
    async () => {
      await using redis = await startRedis()
      const { home, url, keys, simulator } = await newScene()
      const file = join(home.path, 'keys.json')
      const words = ['ci', '--keys-file', file, '--allow', 'bitize/*', '--door', 'token']
      const key = (await home.run(['serve', 'keys', 'add', ...words])).stdout.trim()
      const store = { CHAVEIRO_STORE_URL: redis.url, CHAVEIRO_SEALING_KEY: Buffer.alloc(32, 7).toString('base64') }
      const env = { ...keys, ...store, BITIZE_SERVER: url }
      const server = await startServe(home, ['--from-env', 'bitize', '--keys-file', file], { env })
      const tokenOf = async (): Promise<string> => {
        const answer = await server.get('/v1/tokens/bitize/default', key)
        return `${answer.status} ${(await answer.json()).access_token}`
      }
      const ready = async (): Promise<number> => (await server.get('/readyz', '')).status
      const token = await tokenOf()
      expect(token).toMatch(/^200 /)
      expect(await ready()).toBe(200)
      await redis.kill()
      await vi.waitFor(async () => expect(await ready()).toBe(503), PATIENCE)
      expect((await server.get('/healthz', '')).status).toBe(200)
      expect(await tokenOf()).toBe(token)
      await redis.restart()
      await vi.waitFor(async () => expect(await ready()).toBe(200), PATIENCE)
      expect(await tokenOf()).toBe(token)
      expect(simulator.count('authenticate')).toBe(1)
      expect(await server.stop()).toMatchObject({ status: 0 })
    },
    MINUTE,
  )
})

it(
  'SIGTERM lets a call that runs come to its end, and the process leaves with 0',
  async () => {
    const scene = await signedIn()
    const add = ['serve', 'keys', 'add', 'ci', '--allow', 'bitize/*']
    const key = (await scene.run(add)).stdout.trim()
    const server = await startServe(scene.home)
    const fault = scene.simulator.faults.next({ kind: 'hang', operation: 'listVendors' })
    const answer = server.get('/v1/proxy/bitize/default/vendors', key)
    await fault.met
    const outcome = server.stop('SIGTERM')
    await vi.waitFor(async () => expect(await refused(server.url)).toBe(true), PATIENCE)
    fault.release()
    expect((await answer).status).toBe(200)
    expect(await outcome).toMatchObject({ status: 0, signal: null })
  },
  MINUTE,
)

/** Has it stopped listening? */
async function refused(url: string): Promise<boolean> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  try {
    await once(socket, 'connect')
    return false
  } catch {
    return true
  } finally {
    socket.destroy()
  }
}
