import { forAccount } from '../accounts/account-error.ts'
import { NAME, profileFolders } from '../accounts/folders.ts'
import { forgetToken } from '../accounts/forget-token.ts'
import { type AccountDocument, createKeyring, type Keyring, sayWhereKeyIs } from '../accounts/keyring.ts'
import { openClient } from '../accounts/open-account.ts'
import { prove } from '../accounts/prove.ts'
import { DEFAULT_ACCOUNT } from '../accounts/shell-words.ts'
import { askAgain } from '../providers/ask-again.ts'
import type { CliProvider } from '../providers/cli-provider.ts'
import { findProvider, serverUrl } from '../providers/find-provider.ts'
import { gatherInputs } from '../providers/gather-inputs.ts'
import { gatherServer } from '../providers/gather-server.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { printJson, type Session, say } from '../session/session.ts'
import { isoDate, parseDuration } from '../session/times.ts'
import { stagedStore } from '../stores/staged-store.ts'

export interface LoginOptions {
  readonly account?: string
  readonly server?: string
  readonly fromFile?: string
  readonly timeout?: string
}

/** `chaveiro login`: asks, proves the inputs with one token call, and keeps both sealed. */
export async function login(session: Session, id: string, options: LoginOptions): Promise<undefined> {
  const { texts } = session
  const provider = findProvider(id, session)
  const facts = await provider.facts()
  const name = options.account ?? DEFAULT_ACCOUNT
  profileFolders(session)
  if (!NAME.test(name)) throw new Failure(EXIT.usage, 'usage', texts.talk.badName('--account', name))
  const timeoutMs = options.timeout === undefined ? undefined : parseDuration('--timeout', options.timeout, session)

  const server = await gatherServer(session, facts, options.server)
  serverUrl(facts, server, session)
  const inputs = await gatherInputs(session, facts, options.fromFile)
  const account: AccountDocument = { v: 1, provider: id, name, server, inputs }

  const keyring = await createKeyring(session)
  const subject = { provider: id, account: name, server, fromFile: options.fromFile }
  const isAsked = options.fromFile === undefined
  const expiresAt = await forAccount(subject, () =>
    signInAsking(session, keyring, provider, account, { timeoutMs, isAsked }),
  )
  if (session.json) {
    const { keyPlace } = keyring.profile
    printJson(session, { provider: id, account: name, server, expiresAt: isoDate(expiresAt), key: keyPlace })
    return
  }
  say(session, texts.talk.signedIn(facts.title, name, expiresAt))
  sayWhereKeyIs(session, keyring)
}

/** Signs in. Where inputs were asked for and are denied, they are asked for again. */
async function signInAsking(
  session: Session,
  keyring: Keyring,
  provider: CliProvider,
  account: AccountDocument,
  options: { readonly timeoutMs: number | undefined; readonly isAsked: boolean },
): Promise<number | undefined> {
  try {
    return await signIn(session, keyring, provider, account, options.timeoutMs)
  } catch (error) {
    const facts = await provider.facts()
    const inputs = options.isAsked ? await askAgain(session, facts, account.inputs, error) : undefined
    if (inputs === undefined) throw error
    return signInAsking(session, keyring, provider, { ...account, inputs }, options)
  }
}

/** One token call, in a store of its own. Only if it succeeds does anything change. */
async function signIn(
  session: Session,
  keyring: Keyring,
  provider: CliProvider,
  account: AccountDocument,
  tokenCallTimeoutMs: number | undefined,
): Promise<number | undefined> {
  const tokens = await keyring.openTokens()
  const stage = stagedStore()
  try {
    const client = await openClient(session, provider, account, { store: stage, tokenCallTimeoutMs })
    const { signal } = session.interruption
    let expiresAt: number | undefined
    try {
      expiresAt = (await client.getToken({ signal })).expiresAt
      await prove(session, provider, account, client)
      // An answer that came at the same moment as Ctrl-C.
      signal.throwIfAborted()
    } finally {
      await client.close()
    }
    // The account may have had other inputs, and with them a token of its own.
    const before = await keyring.get(account.provider, account.name).catch(() => undefined)
    for (const old of before === undefined ? [account] : [before, account])
      await forgetToken(session, old, tokens.store)
    await stage.publish(tokens.store)
    await keyring.put(account)
    await keyring.journal.note(account.provider, account.name, { refreshedAt: Date.now() })
    return expiresAt
  } finally {
    await tokens.close()
  }
}
