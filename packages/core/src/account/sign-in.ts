import { ChaveiroError, isChaveiroError } from '../errors.ts'
import { type Engine, emit } from '../manager/engine.ts'
import type { Grant } from '../provider/token-provider.ts'
import { requireRevoked, tryRevoke } from '../renewal/revocation.ts'
import { commitCell, readCell, readVersion } from '../store/store-cell.ts'
import { grant } from '../token/grant.ts'
import type { TokenRecord, TokenSet } from '../token/record.ts'
import { randomId } from '../token/token-key.ts'
import { type AccountState, hasToken, remember } from './account-state.ts'

/** What becomes of the token at the provider when an account is ended. */
export interface EndOptions {
  /**
   * `require`: fails, and keeps the record, when the provider does not revoke it; `best-effort`: tries; `skip`: only
   * forgets it here. @default 'best-effort' where the provider can revoke, else 'skip'
   */
  revoke?: 'require' | 'best-effort' | 'skip' | undefined
}

/** Puts a token obtained elsewhere in place. A new lineage: it wins whole over whatever was there or on its way. */
export async function seedToken<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  given: Grant<M>,
): Promise<void> {
  const token: TokenSet<M> = { ...seeded(engine, given), obtainedAt: engine.clock.now() }
  const record = { v: 1, lineage: randomId(), generation: 1, token } satisfies TokenRecord<M>
  await inOrder(state, async () => {
    await replaceRecord(engine, state, record, () => readVersion(engine, state))
    forget(state)
    remember(engine, state, record, { persisted: true, minted: false })
  })
}

/** Forgets the account's token, revoking it where the provider can. Ending twice, or nothing, is fine. */
export async function endAccount<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  options: EndOptions,
): Promise<void> {
  const revoke = revocation(engine, options)
  let token: TokenSet<M> | undefined
  let generation: number | undefined
  await inOrder(state, async () => {
    await replaceRecord(engine, state, null, async () => {
      const { version, record } = await readForEnd(engine, state, revoke)
      token = hasToken(record) ? record.token : state.snapshot?.token
      generation = record?.generation ?? state.snapshot?.access.generation
      if (token && revoke === 'require') await requireRevoked(engine, state, token)
      return version
    })
    forget(state)
  })
  // Not in order: a provider that does not answer must not keep anybody from signing in.
  const code = token && revoke === 'best-effort' ? await tryRevoke(engine, state, token) : undefined
  emit(engine, state.ref, { type: 'ended', generation, code })
}

function revocation<Inputs, M>(
  { provider }: Engine<Inputs, M>,
  { revoke = provider.revoke ? 'best-effort' : 'skip' }: EndOptions,
): NonNullable<EndOptions['revoke']> {
  if (revoke === 'require' || revoke === 'best-effort' || revoke === 'skip') return revoke
  throw new TypeError("Option revoke is 'require', 'best-effort' or 'skip'.")
}

/** The record that will be deleted. One that cannot be read is no obstacle, except where its token must be revoked. */
async function readForEnd<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  revoke: NonNullable<EndOptions['revoke']>,
): Promise<{ version: string | null; record?: TokenRecord<M> | undefined }> {
  try {
    return await readCell(engine, state)
  } catch (error) {
    if (revoke === 'require') throw error
    return { version: await readVersion(engine, state) }
  }
}

/** Writes over whatever is there, as often as somebody else comes in between. `read` gives the version to replace. */
async function replaceRecord<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  next: TokenRecord<M> | null,
  read: () => Promise<string | null>,
): Promise<void> {
  for (;;) {
    const version = await read()
    if (next === null && version === null) return
    try {
      await commitCell(engine, state, next, version)
      return
    } catch (error) {
      if (!isChaveiroError(error) || error.code !== 'conflict') throw error
    }
  }
}

/** Signing in and out happens in the order in which it was asked for, in the store and in memory alike. */
async function inOrder<M>(state: AccountState<M>, step: () => Promise<void>): Promise<void> {
  const run = state.signing === undefined ? step() : state.signing.then(step)
  const settled = run.catch(() => {})
  state.signing = settled
  try {
    await run
  } finally {
    if (state.signing === settled) state.signing = undefined
  }
}

/** What is known of the account so far is history, also to those who are still waiting for a store or a provider. */
function forget<M>(state: AccountState<M>): void {
  state.epoch += 1
  state.snapshot = undefined
  state.cooldown = undefined
  state.lastFailure = undefined
  state.rejected = undefined
  state.suspect = undefined
  state.refused = undefined
  state.storm = undefined
}

function seeded<Inputs, M>({ provider }: Engine<Inputs, M>, given: Grant<M>): Grant<M> {
  try {
    return grant<M>(given)
  } catch (error) {
    if (!isChaveiroError(error)) throw error
    // The sentence speaks of an answer of the provider.
    const message = error.message.replace(/^The provider answered with/, 'The grant given to seed() has')
    throw new ChaveiroError(error.code, message, { provider: provider.id })
  }
}
