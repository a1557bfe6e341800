import { isChaveiroError } from '@chaveiro/core'
import { Failure } from '../session/failure.ts'
import { canAsk, type Session, say } from '../session/session.ts'
import type { Inputs } from './open-options.ts'
import { type CliFacts, factsOf, signInMethodOf } from './sign-in-method.ts'

/**
 * Asks again for the secrets among inputs that a provider has denied, and keeps the others: a provider does not say which
 * one was wrong, and a secret is not shown while it is typed. `undefined`: none of them was asked for.
 */
export async function askAgain(
  session: Session,
  facts: CliFacts,
  inputs: Inputs,
  error: unknown,
): Promise<Inputs | undefined> {
  const method = signInMethodOf(facts, inputs)
  if (!isDenial(error) || method === undefined || !canAsk(session)) return undefined
  const wasAsked = ({ env = '' }: { readonly env?: string | undefined }): boolean => !session.env[env]
  // A passphrase has opened its file already: the provider never saw it.
  const secrets = factsOf(facts, method).filter(
    ([, fact]) => fact.secret === true && fact.part === undefined && wasAsked(fact),
  )
  if (secrets.length === 0) return undefined
  const names = secrets.map(([name]) => name)
  say(session, session.texts.messages.deniedAskAgain(facts.title, names))
  const { askInput } = await import('./ask.ts')
  const next: Record<string, string> = { ...inputs }
  for (const [name, fact] of secrets) next[name] = await askInput(session, name, fact)
  return next
}

function isDenial(error: unknown): boolean {
  return (isChaveiroError(error) || error instanceof Failure) && error.code === 'credentials-rejected'
}
