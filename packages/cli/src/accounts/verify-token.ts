import { isChaveiroError } from '@chaveiro/core'
import { noAnswer } from '../network/fetch.ts'
import type { Client, CliProvider } from '../providers/cli-provider.ts'
import { signInMethodOf } from '../providers/sign-in-method.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import type { AccountDocument } from './keyring.ts'

/** No token call has checked a token that the user brought, so one request shows whether it works. */
export async function verifyToken(
  session: Session,
  provider: CliProvider,
  { inputs }: AccountDocument,
  client: Client,
): Promise<void> {
  const facts = await provider.facts()
  if (provider.probePath === undefined || !signInMethodOf(facts, inputs)?.holdsToken) return
  const { signal } = session.interruption
  try {
    const response = await client.fetch(provider.probePath, { signal })
    await response.body?.cancel()
    if (response.ok) return
    const exit = response.status >= 500 ? EXIT.unavailable : EXIT.signIn
    throw new Failure(exit, 'credentials-rejected', session.texts.messages.tokenRefused(facts.title, response.status))
  } catch (error) {
    if (signal.aborted || isChaveiroError(error) || error instanceof Failure) throw error
    throw noAnswer(session, error)
  }
}
