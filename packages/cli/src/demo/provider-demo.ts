import { type AccessToken, isChaveiroError } from '@chaveiro/core'
import { fetchOf } from '../network/fetch-of.ts'
import { coloursFor } from '../output/colours.ts'
import type { Session } from '../program/session.ts'
import type { Client } from '../providers/cli-provider.ts'
import { findProvider, serverUrl } from '../providers/find-provider.ts'
import { gatherInputs } from '../providers/gather-inputs.ts'
import { gatherServer } from '../providers/gather-server.ts'

/**
 * Obtains a token from a real provider, calls its API once, and gets a second token: what the account needs to work.
 * Nothing is kept, and the token itself is never printed. Resolves with whether all went well.
 */
export async function demoProvider(session: Session, id: string, server: string | undefined): Promise<boolean> {
  const { stdout, env } = session
  const provider = findProvider(id, session)
  const facts = await provider.facts()
  const chosen = await gatherServer(session, facts, server)
  const url = serverUrl(facts, chosen, session)
  const inputs = await gatherInputs(session, facts, undefined)
  const client = await provider.open(inputs, { server: url, fetch: await fetchOf(session) })
  const pc = coloursFor(stdout, env)
  stdout.write(`\n  ${pc.bold('Chaveiro')}: ${facts.title}, ${chosen}\n\n`)
  const line = (text: string): void => void stdout.write(`  ${pc.green('✓')} ${text}\n`)
  try {
    const first = await client.getToken()
    line(`a token, ${validity(first)}`)
    if (provider.probePath !== undefined) await probe(client, provider.probePath, line)
    const second = await client.getToken({ newerThan: first })
    line(`another one on demand, ${validity(second)}`)
    stdout.write('\n')
    return true
  } catch (error) {
    if (!isChaveiroError(error)) throw error
    stdout.write(`  ${pc.red('✗')} ${error.message}\n\n`)
    return false
  } finally {
    await client.close()
  }
}

async function probe(client: Client, path: string, line: (text: string) => void): Promise<void> {
  const response = await client.fetch(path)
  await response.body?.cancel()
  line(`GET ${path} was answered with ${response.status}`)
}

function validity({ expiresAt }: AccessToken): string {
  return expiresAt === undefined ? 'valid until it is refused' : `valid until ${new Date(expiresAt).toISOString()}`
}
