import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type AssineOnlineSimulator,
  type GenpagSimulator,
  simulateAssineOnline,
  simulateGenpag,
} from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { onTestFinished } from 'vitest'
import { type Home, newHome } from './home.ts'

/** A container's environment: variables for an account, and an empty home folder. */
export interface Container<Simulator> {
  readonly home: Home
  readonly simulator: Simulator
  readonly variables: Readonly<Record<string, string>>
  /** The server as an option. */
  readonly server: readonly string[]
}

export function genpagContainer(): Promise<Container<GenpagSimulator>> {
  return containerOf(simulateGenpag(), ({ credentials: { sellerId, refreshToken } }) => ({
    GENPAG_SELLER_ID: sellerId,
    GENPAG_REFRESH_TOKEN: refreshToken,
  }))
}

export function assineOnlineContainer(): Promise<Container<AssineOnlineSimulator>> {
  return containerOf(simulateAssineOnline(), ({ credentials: { username, password } }) => ({
    ASSINE_ONLINE_USERNAME: username,
    ASSINE_ONLINE_PASSWORD: password,
  }))
}

async function containerOf<Simulator extends Parameters<typeof listen>[0]>(
  simulator: Simulator,
  variablesOf: (simulator: Simulator) => Record<string, string>,
): Promise<Container<Simulator>> {
  const server = await listen(simulator)
  onTestFinished(() => server.close())
  return {
    home: newHome(),
    simulator,
    variables: variablesOf(simulator),
    server: ['--from-env', '--server', server.url.origin],
  }
}

/** Mounts a secret as containers do, and returns its path. */
export function mountSecret(home: Home, name: string, content: string | Uint8Array): string {
  const folder = join(home.path, 'secrets')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
