import type { ProviderFacts } from '@chaveiro/core/provider'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { canAsk, type Session } from '../session/session.ts'

/** Where the inputs go. There is no default, so that a secret only goes where the user chose. */
export async function gatherServer(session: Session, facts: ProviderFacts, given: string | undefined): Promise<string> {
  if (given !== undefined) return given
  if (!canAsk(session)) throw serverMissing(session, facts)
  const { askServer } = await import('./ask.ts')
  return askServer(session, facts)
}

/** Which servers there are. `more`: other ways to choose one. */
export function serverMissing({ texts }: Session, facts: ProviderFacts, more: readonly string[] = []): Failure {
  const width = Math.max(...Object.keys(facts.servers).map((name) => name.length))
  const names = Object.entries(facts.servers).map(([name, url]) => `  --server ${name.padEnd(width)}   ${url}`)
  return new Failure(EXIT.usage, 'usage', texts.messages.whichServer(facts.title, [...names, ...more]))
}
