import type { EndOptions, Keepers } from '@chaveiro/core'
import { findProvider } from '../providers/find-provider.ts'
import type { Session } from '../session/session.ts'
import type { AccountDocument } from './keyring.ts'
import { openClient } from './open-account.ts'

/** Ends whatever token the store has for an account, revoking it where the provider can. */
export async function forgetToken(
  session: Session,
  account: AccountDocument,
  store: Keepers,
  revoke?: EndOptions['revoke'],
): Promise<void> {
  const client = await openClient(session, findProvider(account.provider, session), account, { store })
  try {
    await client.end({ revoke })
  } finally {
    await client.close()
  }
}
