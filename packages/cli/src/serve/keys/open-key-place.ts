import { join } from 'node:path'
import type { EnvironmentChoice } from '../../accounts/environment-options.ts'
import { type Keyring, openKeyring } from '../../accounts/keyring.ts'
import { takeVariables } from '../../files/take-variables.ts'
import type { ServeTexts } from '../../messages/serve.en.ts'
import { EXIT } from '../../session/exit-code.ts'
import { Failure } from '../../session/failure.ts'
import type { Session } from '../../session/session.ts'
import type { OpenStore } from '../../stores/drivers.ts'
import { openEnvironmentStore, STORE_VARIABLES } from '../../stores/environment-store.ts'
import { givenKeyFile, ownKeyFile } from './key-file.ts'
import type { KeyPlace } from './key-place.ts'
import { sharedKeys } from './shared-keys.ts'

/** Which keys are meant. */
export interface KeyPlaceChoice {
  /** A file that others may put in place. */
  readonly keysFile: string | undefined
  /** `undefined`: those of the profile. */
  readonly environment: EnvironmentChoice | undefined
}

/** The keys of a server that has opened its accounts. */
export async function keyPlaceFor(
  session: Session,
  texts: ServeTexts,
  { keysFile, environment }: KeyPlaceChoice,
  tokens: OpenStore,
): Promise<KeyPlace> {
  if (keysFile !== undefined) return givenKeyFile(keysFile, texts)
  if (environment?.state !== undefined) return ownKeyFile(join(environment.state, FILE), texts)
  if (environment !== undefined) {
    if (!tokens.outlivesProcess) throw new Failure(EXIT.usage, 'keys-file-needed', texts.keys.placeMissing)
    return sharedKeys(tokens.store, STORE, texts)
  }
  const { profile, folders } = await existingKeyring(session)
  if (profile.store === 'file') return ownKeyFile(join(folders.config, FILE), texts)
  return sharedKeys(tokens.store, profile.store, texts)
}

/** The same for a command that manages keys, and opens no account. */
export async function withKeyPlace<T>(
  session: Session,
  texts: ServeTexts,
  choice: KeyPlaceChoice,
  work: (place: KeyPlace) => Promise<T>,
): Promise<T> {
  if (choice.keysFile !== undefined) return work(givenKeyFile(choice.keysFile, texts))
  const tokens = await openTokens(session, choice.environment)
  try {
    return await work(await keyPlaceFor(session, texts, choice, tokens))
  } finally {
    await tokens.close()
  }
}

const FILE = 'serve-keys.json'
const STORE = 'the shared store'

async function openTokens(session: Session, environment: EnvironmentChoice | undefined): Promise<OpenStore> {
  if (environment === undefined) return (await existingKeyring(session)).openTokens()
  return openEnvironmentStore(session, environment, await takeVariables(session, STORE_VARIABLES), 'brief')
}

async function existingKeyring(session: Session): Promise<Keyring> {
  const keyring = await openKeyring(session)
  if (keyring !== undefined) return keyring
  throw new Failure(EXIT.signIn, 'not-signed-in', session.texts.messages.noAccounts)
}
