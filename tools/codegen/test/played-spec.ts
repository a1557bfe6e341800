import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTokenManager } from '@chaveiro/core'
import type { TokenProvider } from '@chaveiro/core/provider'
import { FakeClock } from '@chaveiro/core/testing'
import { listen } from '@chaveiro/simulator/server'
import { type PlayableSpec, simulateSpec } from '@chaveiro/simulator/spec'
import { onTestFinished } from 'vitest'
import { readSpec } from '../src/read-spec.ts'
import { SCHEMAS } from '../src/spec/vocabulary.ts'
import { repository } from './temporary-repository.ts'

export type Given = (name: string) => string

let count = 0

export const texts = (names: readonly string[]) =>
  Promise.all(names.map((name) => readFile(join(repository, name), 'utf8')))

async function read(id: string) {
  const file = `tools/codegen/test/specs/${id}/openapi.yaml`
  const [text = '', redocly = '', ...schemas] = await texts([
    file,
    'redocly.yaml',
    ...SCHEMAS.map((name) => `specs/_schema/${name}`),
  ])
  return readSpec({ text, path: join(repository, file), file }, { redocly, schemas })
}

const isDocument = (value: object): value is PlayableSpec['document'] => 'paths' in value

/** An account at a played spec, over HTTP and on one clock. */
export async function play<Inputs extends object, M>(
  id: string,
  make: (options: { server: URL }) => TokenProvider<Inputs, M>,
  asInputs: (given: Given) => Inputs,
  scopes?: readonly string[],
) {
  const clock = new FakeClock()
  const { document } = await read(id)
  if (!isDocument(document)) throw new TypeError(`${id} is not an OpenAPI document`)
  const simulator = await simulateSpec({ id, document }, { clock: { now: () => clock.now() } })
  const { url, close } = await listen(simulator)
  const inputs = asInputs((name) => simulator.credentials[name] ?? '')
  const provider = make({ server: url })
  const tokens = createTokenManager<Inputs, M>({ provider, credentials: () => inputs, clock, random: () => 0 })
  const account = tokens.account({ tenant: 'one', ...(scopes && { scopes }) })
  onTestFinished(async () => {
    await tokens.close()
    await close()
  })
  count += 1
  const redirectUri = `http://127.0.0.1/callback/${count}`
  const agree = async () => {
    const { url: page, pending } = await account.consent.begin({ redirectUri })
    await account.consent.finish({ url: await simulator.consent(page, { allow: true }), pending })
  }
  const calls = () => simulator.requests.map(({ operation, status }) => `${operation} ${status}`)
  return { account, agree, calls, clock, simulator, url }
}
