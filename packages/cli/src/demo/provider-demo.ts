import { type AccessToken, isChaveiroError, type TokenSource } from '@chaveiro/core'
import pc from 'picocolors'
import { inputsFrom } from '../environment.ts'
import { providers } from '../providers.ts'
import { UsageError } from '../usage-error.ts'

/**
 * Obtains a token from a real provider, calls its API once, and gets a second token: what the account needs to work.
 * The token itself is never printed. Resolves with whether all went well.
 */
export async function demoProvider(
  id: string,
  server: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  out: NodeJS.WritableStream,
): Promise<boolean> {
  const provider = Object.hasOwn(providers, id) ? providers[id] : undefined
  if (!provider) throw new UsageError(`There is no provider «${id}». There are: ${Object.keys(providers).join(', ')}.`)
  const { title, servers, inputs } = provider.facts
  if (server === undefined) {
    const names = Object.entries(servers).map(([name, url]) => `  --server ${name}   ${url}`)
    throw new UsageError(`Say which server of ${title}, because that is where the keys go:\n${names.join('\n')}`)
  }
  await using source = provider.open(server, inputsFrom(environment, title, inputs))
  out.write(`\n  ${pc.bold('Chaveiro')}: ${title}, ${server}\n\n`)
  const line = (text: string): void => void out.write(`  ${pc.green('✓')} ${text}\n`)
  try {
    const first = await source.getToken()
    line(`a token, ${validity(first)}`)
    await probe(source, provider.probePath, line)
    const second = await source.getToken({ newerThan: first })
    line(`another one on demand, ${validity(second)}`)
    out.write('\n')
    return true
  } catch (error) {
    if (!isChaveiroError(error)) throw error
    out.write(`  ${pc.red('✗')} ${error.message}\n\n`)
    return false
  }
}

async function probe(source: TokenSource, path: string, line: (text: string) => void): Promise<void> {
  const response = await source.fetch(path)
  await response.body?.cancel()
  line(`GET ${path} was answered with ${response.status}`)
}

function validity({ expiresAt }: AccessToken): string {
  return expiresAt === undefined ? 'valid until it is refused' : `valid until ${new Date(expiresAt).toISOString()}`
}
