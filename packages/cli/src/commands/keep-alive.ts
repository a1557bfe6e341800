import { ChaveiroError, type ErrorCode } from '@chaveiro/core'
import { noteEvent } from '../accounts/journal.ts'
import { type Keyring, openKeyring } from '../accounts/keyring.ts'
import { openManager } from '../accounts/open-account.ts'
import { commandFor } from '../accounts/shell-words.ts'
import { findProvider } from '../providers/find-provider.ts'
import { EXIT, exitOfError } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { print, printJson, type Session } from '../session/session.ts'
import { isoDate, parseDuration } from '../session/times.ts'
import type { OpenStore } from '../stores/drivers.ts'

export interface KeepAliveOptions {
  readonly within?: string
}

/** What became of one account. Dates are ISO 8601. */
interface KeptAccount {
  readonly provider: string
  readonly account: string
  /** `ending`: its refresh token ends within that time, whether it is used or not. */
  readonly outcome: 'kept' | 'untouched' | 'ending' | 'failed'
  /** Why it failed. */
  readonly code: ErrorCode | null
  readonly refreshExpiresAt: string | null
}

const WITHIN = '3d'
// The first one that an account asks for is the command's: a person first, because nothing else helps.
const MOST_URGENT_FIRST: readonly number[] = [EXIT.signIn, EXIT.configuration, EXIT.storage, EXIT.unavailable]

/** `chaveiro keep-alive`: uses refresh tokens that would end unused. Says which accounts a person has to sign in to. */
export async function keepAlive(session: Session, { within = WITHIN }: KeepAliveOptions): Promise<number> {
  const withinMs = parseDuration('--within', within, session)
  const keyring = await openKeyring(session)
  const accounts = (await keyring?.list()) ?? []
  const kept: KeptAccount[] = []
  if (keyring !== undefined && accounts.length > 0) {
    const tokens = await keyring.openTokens()
    try {
      for (const account of accounts) {
        session.interruption.signal.throwIfAborted()
        const outcome = await keep(session, keyring, tokens, account, withinMs)
        kept.push(outcome)
        if (!session.json) show(session, outcome)
      }
    } finally {
      await tokens.close()
    }
  }
  if (session.json) printJson(session, kept)
  const exits = kept.map(exitOf)
  return MOST_URGENT_FIRST.find((exit) => exits.includes(exit)) ?? EXIT.done
}

async function keep(
  session: Session,
  keyring: Keyring,
  tokens: OpenStore,
  { provider: id, name }: { readonly provider: string; readonly name: string },
  withinMs: number,
): Promise<KeptAccount> {
  const facts = { provider: id, account: name, code: null, refreshExpiresAt: null } as const
  try {
    const account = await keyring.get(id, name)
    if (account === undefined) return { ...facts, outcome: 'untouched' }
    const { manager, ref } = await openManager(session, findProvider(id, session), account, { store: tokens.store })
    manager.on((event) => void noteEvent(keyring.journal, id, name, event))
    try {
      const { signal } = session.interruption
      const { kept, ending, failed } = await manager.keepAlive({ withinMs, accounts: [ref], signal })
      signal.throwIfAborted()
      const refreshExpiresAt = isoDate((await manager.account(ref).status()).refreshExpiresAt)
      const [failure] = failed
      if (failure !== undefined) return { ...facts, outcome: 'failed', code: failure.code, refreshExpiresAt }
      const outcome = kept > 0 ? 'kept' : ending.length > 0 ? 'ending' : 'untouched'
      return { ...facts, outcome, refreshExpiresAt }
    } finally {
      await manager.close()
    }
  } catch (error) {
    if (session.interruption.signal.aborted) throw error
    if (error instanceof ChaveiroError) return { ...facts, outcome: 'failed', code: error.code }
    // A provider that this version does not know, an input that is missing.
    if (error instanceof Failure) return { ...facts, outcome: 'failed', code: 'misconfigured' }
    throw error
  }
}

function exitOf({ outcome, code }: KeptAccount): number {
  if (outcome === 'ending') return EXIT.signIn
  return code === null ? EXIT.done : (exitOfError(new ChaveiroError(code, '')) ?? EXIT.failed)
}

function show(session: Session, kept: KeptAccount): void {
  const { outcome, provider, account, code, refreshExpiresAt } = kept
  const { keptAlive } = session.texts.messages
  if (outcome === 'untouched') return
  const login = commandFor(session, 'login', { provider, account })
  const remedy = exitOf(kept) === EXIT.signIn ? `\n${keptAlive.signIn(login)}` : ''
  if (outcome === 'kept') print(session, keptAlive.kept(provider, account, refreshExpiresAt))
  else if (outcome === 'ending') print(session, `${keptAlive.ending(provider, account, refreshExpiresAt)}${remedy}`)
  else print(session, `${keptAlive.failed(provider, account, code ?? '')}${remedy}`)
}
