import { type BitizeSimulator, type BitizeSimulatorOptions, simulateBitize } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { expect, onTestFinished } from 'vitest'
import type { Outcome } from './called-command.ts'
import { type Home, newHome, type ProcessOptions, type RunOptions } from './home.ts'

/** A home folder, and a simulated Bitize on loopback. */
export interface Scene {
  readonly home: Home
  readonly simulator: BitizeSimulator
  readonly url: string
  /** The keys as the environment has them. */
  readonly keys: Readonly<Record<string, string>>
  login(words?: readonly string[], options?: RunOptions): Promise<Outcome>
  run(words: readonly string[], options?: RunOptions): Promise<Outcome>
  /** As a process of its own. */
  runProcess(words: readonly string[], options?: ProcessOptions): Promise<Outcome>
}

export async function newScene(options: BitizeSimulatorOptions = {}): Promise<Scene> {
  const home = newHome()
  const simulator = simulateBitize(options)
  const server = await listen(simulator)
  onTestFinished(() => server.close())
  const { consumerKey, secretKey } = simulator.credentials
  const keys = { BITIZE_CONSUMER_KEY: consumerKey, BITIZE_SECRET_KEY: secretKey }
  return {
    home,
    simulator,
    url: server.url.origin,
    keys,
    login: (words = [], more = {}) =>
      home.run(['login', 'bitize', '--server', server.url.origin, ...words], {
        ...more,
        env: { ...keys, ...more.env },
      }),
    run: (words, more) => home.run(words, more),
    runProcess: (words, more) => home.runProcess(words, more),
  }
}

/** The same, with an account signed in. */
export async function signedIn(options: BitizeSimulatorOptions = {}): Promise<Scene> {
  const scene = await newScene(options)
  expect(await scene.login()).toMatchObject({ status: 0 })
  return scene
}

/** Nothing that was printed shows a secret; a token only where it was asked for. */
export function expectNoSecret({ simulator }: Scene, text: string): void {
  for (const secret of simulator.revealSecrets()) expect(text).not.toContain(secret)
}
