import { isChaveiroError } from '../errors.ts'
import { type Engine, emit } from '../manager/engine.ts'
import type { Grant } from '../provider/token-provider.ts'
import { resolveInputs } from '../renewal/credentials.ts'
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
  const token: TokenSet<M> = { ...grant<M>(given), obtainedAt: engine.clock.now() }
  const record = { v: 1, lineage: randomId(), generation: 1, token } satisfies TokenRecord<M>
  state.epoch += 1
  await overwrite(engine, state, record)
  forget(state)
  remember(engine, state, record, { persisted: true, minted: false })
}

/** Forgets the account's token, revoking it where the provider can. Ending twice, or nothing, is fine. */
export async function endAccount<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  options: EndOptions,
): Promise<void> {
  const revoke = options.revoke ?? (engine.provider.revoke ? 'best-effort' : 'skip')
  const token = revoke === 'skip' ? undefined : await currentToken(engine, state)
  if (token && revoke === 'require') await requireRevoked(engine, state, token, await inputsOf(engine, state))
  state.epoch += 1
  await overwrite(engine, state, null)
  const generation = state.snapshot?.access.generation
  forget(state)
  const code =
    token && revoke === 'best-effort' ? await tryRevoke(engine, state, token, await inputsOf(engine, state)) : undefined
  emit(engine, state.ref, { type: 'ended', generation, code })
}

async function inputsOf<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>): Promise<Inputs> {
  return (await resolveInputs(engine, state.ref)).inputs
}

async function currentToken<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
): Promise<TokenSet<M> | undefined> {
  const { record } = await readCell(engine, state)
  return hasToken(record) ? record.token : state.snapshot?.token
}

/** Also over what cannot be read: signing in and out are the remedies for a torn record. */
async function overwrite<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  next: TokenRecord<M> | null,
): Promise<void> {
  for (;;) {
    const version = await readVersion(engine, state)
    if (next === null && version === null) return
    try {
      await commitCell(engine, state, next, version)
      return
    } catch (error) {
      if (!isChaveiroError(error) || error.code !== 'conflict') throw error
    }
  }
}

function forget<M>(state: AccountState<M>): void {
  state.snapshot = undefined
  state.cooldown = undefined
  state.lastFailure = undefined
  state.rejected = undefined
  state.suspect = undefined
  state.refused = undefined
  state.storm = undefined
}
