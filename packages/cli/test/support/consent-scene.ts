import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type OAuthSimulator, type OAuthSimulatorOptions, simulateOAuth } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { onTestFinished, vi } from 'vitest'
import type { CalledCommand, Outcome } from './called-command.ts'
import { type Command, type Home, newHome, type Running } from './home.ts'

export const CLIENT = { clientId: 'shop', clientSecret: 'the-secret-of-the-shop' }

/** A home folder, a simulated provider that asks a person, and what the command opens in a browser. */
export interface ConsentScene {
  readonly home: Home
  readonly simulator: OAuthSimulator
  readonly env: Readonly<Record<string, string>>
  readonly run: (words: readonly string[], env?: Readonly<Record<string, string>>, stdin?: string) => Promise<Outcome>
  /** For a test that answers or interrupts the command. */
  readonly call: (words: readonly string[], env?: Readonly<Record<string, string>>) => CalledCommand
  /** As a process of its own, with a stdin that stays open. */
  readonly start: (words: readonly string[], env?: Readonly<Record<string, string>>) => Running
  /** The next address that the command opens. */
  readonly opened: () => Promise<URL>
}

export async function consentScene(command: Command, options: OAuthSimulatorOptions = {}): Promise<ConsentScene> {
  const home = newHome()
  const redirectUris = ['http://127.0.0.1/asking/production', 'https://shop.example/callback']
  const simulator = simulateOAuth({ pkce: 'required', ...options, credentials: { ...CLIENT, redirectUris } })
  const provider = await listen(simulator)
  onTestFinished(() => provider.close())
  const { browser, opened } = addressesOpened()
  const env = {
    TEST_PROVIDER: provider.url.origin,
    ASKING_CLIENT_ID: CLIENT.clientId,
    ASKING_CLIENT_SECRET: CLIENT.clientSecret,
    BROWSER: browser,
  }
  return {
    home,
    simulator,
    env,
    run: (words, more = {}, stdin = '') => home.run(words, { command, env: tell({ ...env, ...more }), stdin }),
    call: (words, more = {}) => home.call(words, { command, env: tell({ ...env, ...more }) }),
    start: (words, more = {}) => home.start(words, { main: command.main, env: { ...env, ...more }, keepStdin: true }),
    opened,
  }
}

/** Tells the registry of the test, which reads the variables of this process. */
function tell(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const name of ['TEST_PROVIDER', 'TEST_IDLE_DAYS']) vi.stubEnv(name, env[name])
  return env
}

/** What `$BROWSER` is set to, and the addresses that are opened with it. */
export function addressesOpened(): { browser: string; opened: () => Promise<URL> } {
  const folder = mkdtempSync(join(tmpdir(), 'chaveiro-browser-'))
  const [program, addresses] = [join(folder, 'browser'), join(folder, 'addresses')]
  mkdirSync(addresses)
  // A file for each address, which appears when it is whole.
  const script = `#!/bin/sh\nprintf %s "$1" > "${folder}/$$" && mv "${folder}/$$" "${addresses}/$$"\n`
  writeFileSync(program, script, { mode: 0o755 })
  const watcher = watch(addresses)
  onTestFinished(() => {
    watcher.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const known = new Set<string>()
  const opened = async (): Promise<URL> => {
    for (;;) {
      const name = readdirSync(addresses).find((one) => !known.has(one))
      if (name !== undefined) {
        known.add(name)
        return new URL(readFileSync(join(addresses, name), 'utf8'))
      }
      await once(watcher, 'change')
    }
  }
  return { browser: program, opened }
}

/** The person decides on the page; where the provider sends the browser then. */
export async function decide(page: URL, decision: 'allow' | 'deny' = 'allow'): Promise<URL> {
  const response = await fetch(page, { method: 'POST', body: new URLSearchParams({ decision }), redirect: 'manual' })
  return new URL(response.headers.get('location') ?? `about:${response.status}`)
}
