import { findProvider } from '../providers/find-provider.ts'
import { isSamePlace } from '../providers/place.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import type { AccountDocument, Keyring } from './keyring.ts'

/**
 * Refuses a redirect URI that another provider or server of this profile has: one of them could send the person on to the
 * other, and get the other's code (RFC 9700 §4.4). Two that name themselves in every callback may share one.
 */
export async function requireOwnRedirectUri(
  session: Session,
  keyring: Keyring,
  account: AccountDocument,
): Promise<void> {
  const own = account.consent?.redirectUri
  if (own === undefined) return
  const asked = await findProvider(account.provider, session).asksPerson(account)
  for (const { provider, name } of await keyring.list()) {
    const other = await keyring.get(provider, name).catch(() => undefined)
    const theirs = other?.consent?.redirectUri
    if (other === undefined || theirs === undefined || placeOf(theirs) !== placeOf(own)) continue
    const isSameProvider = provider === account.provider
    if (isSameProvider && (isSamePlace(other, account) || asked?.oneOperator)) continue
    if (asked?.isNamed && (await findProvider(provider, session).asksPerson(other))?.isNamed) continue
    const { messages } = session.texts
    throw new Failure(EXIT.usage, 'usage', messages.consent.redirectUriTaken(own, provider, name))
  }
}

/** On this machine the port says nothing about whose address it is. */
function placeOf(redirectUri: string): string {
  const url = new URL(redirectUri)
  if (url.protocol === 'http:') url.port = ''
  return url.href
}
