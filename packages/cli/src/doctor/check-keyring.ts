import { isChaveiroError } from '@chaveiro/core'
import { type Keyring, openKeyring } from '../accounts/keyring.ts'
import { Failure } from '../program/failure.ts'
import type { Session } from '../program/session.ts'
import { findProvider, serverUrl } from '../providers/find-provider.ts'
import { codeOf, type Finding, fine, trouble } from './finding.ts'

/** What the profile's keyring came to, and the servers of its accounts. */
export interface KeyringFindings {
  readonly findings: readonly Finding[]
  readonly servers: readonly URL[]
}

/** Does the key open the accounts, and does the store of the tokens answer? */
export async function checkKeyring(session: Session): Promise<KeyringFindings> {
  const { doctor } = session.texts.talk
  const servers = new Map<string, URL>()
  const keyring = await openKeyring(session).catch((error: unknown) => error)
  if (keyring === undefined) return { findings: [fine('key', doctor.noProfile(session.profile))], servers: [] }
  if (!isKeyring(keyring)) return { findings: [trouble('key', sentence(keyring), doctor.signInAgain)], servers: [] }
  const findings: Finding[] = []
  for (const { provider, name } of await keyring.list()) {
    try {
      const account = await keyring.get(provider, name)
      if (account === undefined) continue
      const url = serverUrl(await findProvider(provider, session).facts(), account.server, session)
      servers.set(url.origin, url)
      findings.push(fine('key', doctor.opens(provider, name, keyring.profile.keyPlace)))
    } catch (error) {
      findings.push(trouble('key', `${provider}, «${name}»: ${sentence(error)}`, doctor.signInAgain))
    }
  }
  findings.push(await checkStore(session, keyring))
  return { findings, servers: [...servers.values()] }
}

async function checkStore(session: Session, keyring: Keyring): Promise<Finding> {
  const { doctor } = session.texts.talk
  const { store } = keyring.profile
  try {
    const tokens = await keyring.openTokens()
    try {
      await tokens.store.read('probe')
      return fine('store', doctor.storeAnswers(store))
    } finally {
      await tokens.close()
    }
  } catch (error) {
    return trouble('store', sentence(error), doctor.fixStore)
  }
}

function isKeyring(value: unknown): value is Keyring {
  return typeof value === 'object' && value !== null && 'openTokens' in value
}

/** Our own errors can be shown whole; of any other only the code. */
function sentence(error: unknown): string {
  return isChaveiroError(error) || error instanceof Failure ? error.message : codeOf(error)
}
