import { didYouMean } from '../session/did-you-mean.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { type AccountDocument, type Keyring, openKeyring } from './keyring.ts'
import { commandFor, DEFAULT_ACCOUNT } from './shell-words.ts'

/** Which account is meant. */
export interface AccountName {
  readonly provider: string
  /** `undefined`: the only one, or `default`. */
  readonly name: string | undefined
}

/** The account that is meant, or an error that says which there are. */
export async function findAccount(session: Session, keyring: Keyring, wanted: AccountName): Promise<AccountDocument> {
  const { provider, name } = wanted
  const found = await keyring.get(provider, name ?? DEFAULT_ACCOUNT)
  if (found !== undefined) return found
  const names = (await keyring.list()).filter((one) => one.provider === provider).map((one) => one.name)
  const [only] = names
  if (only === undefined) throw notSignedIn(session, wanted)
  const account = name === undefined && names.length === 1 ? await keyring.get(provider, only) : undefined
  if (account !== undefined) return account
  throw severalAccounts(session, wanted, names)
}

/** The account that is meant where no provider is named: the only one. */
export async function onlyAccount(session: Session, command: string, name: string | undefined): Promise<AccountName> {
  const { texts } = session
  const all = (await (await openKeyring(session))?.list()) ?? []
  const fitting = name === undefined ? all : all.filter((one) => one.name === name)
  const [only] = fitting
  if (all.length === 0) throw new Failure(EXIT.signIn, 'not-signed-in', texts.messages.noAccounts)
  if (only !== undefined && fitting.length === 1) return only
  const shown = fitting.length === 0 ? all : fitting
  const commands = shown.map((one) => commandFor(session, command, { provider: one.provider, account: one.name }))
  throw new Failure(EXIT.usage, 'usage', texts.messages.chooseAccount(commands))
}

export function notSignedIn(session: Session, { provider, name }: AccountName): Failure {
  const login = commandFor(session, 'login', { provider, account: name })
  return new Failure(EXIT.signIn, 'not-signed-in', session.texts.messages.notSignedIn(provider, name, login))
}

/** There are accounts of this provider, but none of this name, or several without one. */
export function severalAccounts(
  { texts }: Session,
  { provider, name }: AccountName,
  names: readonly string[],
): Failure {
  const sentence =
    name === undefined
      ? texts.messages.whichAccount(provider, names)
      : texts.messages.unknownAccount(provider, name, didYouMean(name, names, texts), names)
  return new Failure(EXIT.usage, 'usage', sentence)
}
