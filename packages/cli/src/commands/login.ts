import { forAccount } from '../accounts/account-error.ts'
import { NAME, profileFolders } from '../accounts/folders.ts'
import { forgetToken } from '../accounts/forget-token.ts'
import { type AccountDocument, createKeyring, type Keyring, sayWhereKeyIs } from '../accounts/keyring.ts'
import { openClient } from '../accounts/open-account.ts'
import { requireOwnRedirectUri } from '../accounts/own-redirect-uri.ts'
import { DEFAULT_ACCOUNT } from '../accounts/shell-words.ts'
import { verifyToken } from '../accounts/verify-token.ts'
import { type ConsentChoice, type ConsentOptions, consentChoice, consentPlan } from '../consent/consent-plan.ts'
import { askAgain } from '../providers/ask-again.ts'
import type { Client, CliProvider, PersonAsked } from '../providers/cli-provider.ts'
import { findProvider } from '../providers/find-provider.ts'
import { gatherInputs } from '../providers/gather-inputs.ts'
import { gatherPlace } from '../providers/gather-place.ts'
import { isSamePlace } from '../providers/place.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { printJson, type Session, say } from '../session/session.ts'
import { isoDate, parseDuration } from '../session/times.ts'
import { stagedStore } from '../stores/staged-store.ts'

export interface LoginOptions extends ConsentOptions {
  readonly account?: string
  readonly server?: string
  readonly tenant?: readonly string[]
  readonly fromFile?: string
  readonly timeout?: string
}

/** `chaveiro login`: asks, gets a token for the inputs or by a person's consent, and keeps both sealed. */
export async function login(session: Session, id: string, options: LoginOptions): Promise<undefined> {
  const { texts } = session
  const provider = findProvider(id, session)
  const facts = await provider.facts()
  const name = options.account ?? DEFAULT_ACCOUNT
  profileFolders(session)
  if (!NAME.test(name)) throw new Failure(EXIT.usage, 'usage', texts.messages.badName('--account', name))
  const timeoutMs = options.timeout === undefined ? undefined : parseDuration('--timeout', options.timeout, session)

  const place = await gatherPlace(session, facts, options)
  const { server } = place
  const asked = await provider.asksPerson(place)
  if (asked === undefined) requireNoConsent(session, facts.title, options)
  const inputs = await gatherInputs(session, facts, options.fromFile)
  const keyring = await createKeyring(session)
  const before = await keyring.get(id, name).catch(() => undefined)
  const consent =
    asked &&
    consentChoice(session, id, options, before !== undefined && isSamePlace(before, place) ? before.consent : undefined)
  const account: AccountDocument = { v: 1, provider: id, name, ...place, inputs, ...(consent && { consent }) }
  await requireOwnRedirectUri(session, keyring, account)
  const obtain = asked && (await consenting(session, asked, facts.title, account, consent ?? {}, options))
  const subject = { provider: id, account: name, ...place, fromFile: options.fromFile }
  const isAsked = options.fromFile === undefined
  const expiresAt = await forAccount(subject, () =>
    signInAsking(session, keyring, provider, account, { timeoutMs, isAsked, obtain }),
  )
  if (session.json) {
    const { keyPlace } = keyring.profile
    printJson(session, { provider: id, account: name, server, expiresAt: isoDate(expiresAt), key: keyPlace })
    return
  }
  say(session, texts.messages.signedIn(facts.title, name, expiresAt))
  sayWhereKeyIs(session, keyring)
}

/** Signs in. Where inputs were asked for and are denied, they are asked for again. */
async function signInAsking(
  session: Session,
  keyring: Keyring,
  provider: CliProvider,
  account: AccountDocument,
  options: SignInOptions & { readonly isAsked: boolean },
): Promise<number | undefined> {
  try {
    return await signIn(session, keyring, provider, account, options)
  } catch (error) {
    const facts = await provider.facts()
    const inputs = options.isAsked ? await askAgain(session, facts, account.inputs, error) : undefined
    if (inputs === undefined) throw error
    return signInAsking(session, keyring, provider, { ...account, inputs }, options)
  }
}

interface SignInOptions {
  readonly timeoutMs: number | undefined
  /** Where a person is asked: gets the client its token. */
  readonly obtain: ((client: Client) => Promise<void>) | undefined
}

/** One token call, in a store of its own. Only if it succeeds does anything change. */
async function signIn(
  session: Session,
  keyring: Keyring,
  provider: CliProvider,
  account: AccountDocument,
  { timeoutMs: tokenCallTimeoutMs, obtain }: SignInOptions,
): Promise<number | undefined> {
  const tokens = await keyring.openTokens()
  const stage = stagedStore()
  try {
    const client = await openClient(session, provider, account, { store: stage, tokenCallTimeoutMs })
    const { signal } = session.interruption
    let expiresAt: number | undefined
    try {
      await obtain?.(client)
      expiresAt = (await client.getToken({ signal })).expiresAt
      await verifyToken(session, provider, account, client)
      // An answer that came at the same moment as Ctrl-C.
      signal.throwIfAborted()
    } finally {
      await client.close()
    }
    // The account may have had other inputs, and with them a token of its own.
    const before = await keyring.get(account.provider, account.name).catch(() => undefined)
    for (const old of before === undefined ? [account] : [before, account]) {
      // A person who agrees again gives the same client another token: to revoke the first may end both (RFC 7009 §2.1).
      const isSameClient = obtain !== undefined && isSame(old, account)
      await forgetToken(session, old, tokens.store, isSameClient ? 'skip' : undefined)
    }
    await stage.publish(tokens.store)
    await keyring.put(account)
    await keyring.journal.note(account.provider, account.name, { refreshedAt: Date.now() })
    return expiresAt
  } finally {
    await tokens.close()
  }
}

function isSame(one: AccountDocument, other: AccountDocument): boolean {
  return isSamePlace(one, other) && JSON.stringify(one.inputs) === JSON.stringify(other.inputs)
}

/** How a person is asked here. What asks is loaded for those providers only. */
async function consenting(
  session: Session,
  asked: PersonAsked,
  title: string,
  { provider: id, server }: AccountDocument,
  choice: ConsentChoice,
  options: ConsentOptions,
): Promise<(client: Client) => Promise<void>> {
  const plan = consentPlan(session, asked, { title, id, server }, choice, options)
  const { connectAccount } = await import('../consent/connect-account.ts')
  return (client) => connectAccount(session, client, { title, plan, scopes: choice.scopes })
}

function requireNoConsent({ texts }: Session, title: string, options: ConsentOptions): void {
  const { scopes, port, redirectUri, paste } = options
  const given = Object.entries({ '--scopes': scopes, '--port': port, '--redirect-uri': redirectUri, '--paste': paste })
  const stray = given.find(([, value]) => value !== undefined)
  if (stray !== undefined) throw new Failure(EXIT.usage, 'usage', texts.messages.consent.asksNoPerson(stray[0], title))
}
