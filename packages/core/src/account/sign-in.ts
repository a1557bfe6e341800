import { checkOptions, oneOf } from '../check-options.ts'
import { ChaveiroError, isChaveiroError } from '../errors.ts'
import { type Engine, emit } from '../manager/engine.ts'
import type { Grant } from '../provider/token-provider.ts'
import type { Minted } from '../renewal/commit.ts'
import { labelsOf } from '../renewal/labels.ts'
import { knownIds, lostTokens } from '../renewal/retiring.ts'
import { requireRevoked, tryRevoke } from '../renewal/revocation.ts'
import { pauseForRivals } from '../renewal/rivals.ts'
import { revokeRetired } from '../renewal/tidy.ts'
import { type Cell, commitCell, readCell, readVersion } from '../store/store-cell.ts'
import { grant } from '../token/grant.ts'
import type { RetiredToken, TokenRecord, TokenSet } from '../token/record.ts'
import { randomId } from '../token/token-key.ts'
import { type AccountState, hasToken, remember } from './account-state.ts'
import { outlast, sharedWork } from './while-alive.ts'

/** What becomes of the token at the provider when an account is ended. */
export interface EndOptions {
  /**
   * `require`: fails, and keeps the record, when the provider does not revoke it; `best-effort`: tries; `skip`: only
   * forgets it here. @default 'best-effort' where the provider can revoke, else 'skip'
   */
  revoke?: 'require' | 'best-effort' | 'skip' | undefined
}

/** Puts a token obtained elsewhere in place. A new lineage: it wins whole over whatever was there or on its way. */
export function seedToken<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  given: Grant<M>,
): Promise<void> {
  return beforeClosing(state, beginLineage(engine, state, given))
}

/** Forgets the account's token, revoking it where the provider can. Ending twice, or nothing, is fine. */
export function endAccount<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  options: EndOptions,
): Promise<void> {
  return beforeClosing(state, endLineage(engine, state, options))
}

async function beginLineage<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  given: Grant<M>,
): Promise<void> {
  const token: TokenSet<M> = { ...seeded(engine, given), obtainedAt: engine.clock.now(), supplied: true }
  const fresh = { v: 1, lineage: randomId(), generation: 1, token } satisfies TokenRecord<M>
  await inOrder(engine, state, async () => {
    const replace = async (): Promise<Minted<M>> => {
      const { version, record } = await readForgivingly(engine, state)
      // What is still to be revoked was made here, whoever is signed in now.
      const retiring = leftovers(engine, state, record)
      const next: Minted<M> = { ...fresh, ...(retiring.length > 0 && { retiring }) }
      await commitCell(engine, state, next, version)
      return next
    }
    const stored = await againstRivals(engine, replace)
    forget(state)
    remember(engine, state, stored, { persisted: true, minted: false })
  })
}

async function endLineage<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  options: EndOptions,
): Promise<void> {
  checkOptions(options, ['revoke'])
  const revoke = revocation(engine, options)
  let token: TokenSet<M> | undefined
  let generation: number | undefined
  let retiring: readonly RetiredToken[] = []
  let known: ReadonlySet<string> = new Set()
  await inOrder(engine, state, async () => {
    await againstRivals(engine, async () => {
      const { version, record } = await (revoke === 'require' ? readCell : readForgivingly)(engine, state)
      token = hasToken(record) ? record.token : state.snapshot?.token
      generation = record?.generation ?? state.snapshot?.access.generation
      retiring = leftovers(engine, state, record)
      known = record ? knownIds(record) : known
      if (token && revoke === 'require') await requireRevoked(engine, state, token)
      if (version !== null) await commitCell(engine, state, null, version)
    })
    forget(state)
  })
  // Not in order: a provider that does not answer must not keep anybody from signing in.
  const code = token && revoke === 'best-effort' ? await tryRevoke(engine, state, token) : undefined
  emit(engine, state.ref, { type: 'ended', generation, code })
  if (revoke !== 'skip') await revokeRetired(engine, state, retiring, known)
}

/** What of the account's earlier tokens is still to be revoked; those of lost answers included. */
function leftovers<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  record: TokenRecord<M> | undefined,
): readonly RetiredToken[] {
  return [...(record?.retiring ?? []), ...lostTokens(engine, labelsOf(record?.claim?.labels, state.lost))]
}

function revocation<Inputs, M>(
  { provider }: Engine<Inputs, M>,
  { revoke = provider.revoke ? 'best-effort' : 'skip' }: EndOptions,
): NonNullable<EndOptions['revoke']> {
  return oneOf('revoke', revoke, ['require', 'best-effort', 'skip'])
}

/** A record that cannot be read is no obstacle to signing in or out: it is replaced, unless a newer version wrote it. */
async function readForgivingly<Inputs, M>(engine: Engine<Inputs, M>, state: AccountState<M>): Promise<Cell<M>> {
  try {
    return await readCell(engine, state)
  } catch {
    return { version: await readVersion(engine, state), record: undefined }
  }
}

/** Tries again while other processes come in between. */
async function againstRivals<Inputs, M, T>({ clock }: Engine<Inputs, M>, replace: () => Promise<T>): Promise<T> {
  for (let lostTries = 1; ; lostTries += 1) {
    try {
      return await replace()
    } catch (error) {
      if (!isChaveiroError(error) || error.code !== 'conflict') throw error
    }
    await pauseForRivals(clock, lostTries)
  }
}

/** Signing in and out happens in the order in which it was asked for, in the store and in memory alike. */
async function inOrder<Inputs, M>(
  { clock, tokenCallTimeoutMs }: Engine<Inputs, M>,
  state: AccountState<M>,
  step: () => Promise<void>,
): Promise<void> {
  const { signing } = state
  const run = signing ? outlast(clock, tokenCallTimeoutMs, signing).then(step) : step()
  const work = sharedWork(run)
  state.signing = work
  try {
    await run
  } finally {
    if (state.signing === work) state.signing = undefined
  }
}

/** A manager that closes waits for the work. */
function beforeClosing<M>(state: AccountState<M>, work: Promise<void>): Promise<void> {
  const all = sharedWork(Promise.allSettled([state.unfinished?.settled, work]))
  state.unfinished = all
  void all.settled.then(() => {
    if (state.unfinished === all) state.unfinished = undefined
  })
  return work
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
  state.tidyFrom = undefined
  state.lost = undefined
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
