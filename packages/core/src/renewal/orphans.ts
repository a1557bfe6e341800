import type { AccountState } from '../account/account-state.ts'
import type { ErrorCode } from '../errors.ts'
import { type Engine, emit } from '../manager/engine.ts'
import type { IssuedToken } from '../provider/token-provider.ts'
import type { Turn } from './claim.ts'
import type { ResolvedInputs } from './credentials.ts'
import { openOwn } from './labels.ts'
import { knownIds } from './retiring.ts'
import { tryRevoke } from './revocation.ts'
import { sideCall } from './side-call.ts'

/** Where to look for tokens whose answers were lost. */
export interface OrphanSearch<Inputs, M> {
  readonly state: Pick<AccountState<M>, 'ref'>
  /** The ends that were asked for. */
  readonly ends: readonly number[]
  /** The handles of tokens whose answers came. */
  readonly known: ReadonlySet<string>
  readonly resolved?: ResolvedInputs<Inputs> | undefined
}

/** What became of the ends that are not settled by a look. */
export interface OrphansLeft {
  /** No token with this end is listed: none was made, or not yet. */
  readonly absent: readonly number[]
  /** It could not be looked for, or not be revoked. */
  readonly failed: readonly number[]
}

/** Can a token whose answer was lost be found and revoked at all? */
export function canFindOrphans<Inputs, M>({ provider }: Engine<Inputs, M>): boolean {
  return provider.list !== undefined && provider.revoke !== undefined
}

/**
 * Before the holder of a turn asks for another token: revokes those of its own lost answers that it finds. Those of
 * others are left until a token is stored, since their answers may still come. `false`: one of them could not be looked
 * for or not be revoked, so that another call would leave another token behind.
 */
export async function settleOwn<Inputs, M>(
  engine: Engine<Inputs, M>,
  state: AccountState<M>,
  { labels, record }: Turn<M>,
  resolved: ResolvedInputs<Inputs>,
): Promise<boolean> {
  const ends = openOwn(labels)
  if (ends.length === 0) return true
  const { absent, failed } = await revokeOrphans(engine, { state, ends, known: knownIds(record), resolved })
  // What is not listed yet may still come to be: it is looked for once more when the next token is there.
  for (const end of ends) if (!absent.includes(end) && !failed.includes(end)) labels.settled.add(end)
  return failed.length === 0
}

/**
 * Revokes the listed tokens with exactly these ends and a handle that nobody knows: nobody else asks for such ends.
 * Where a list leaves it open which token that is, none is touched, and the event says so.
 */
export async function revokeOrphans<Inputs, M>(
  engine: Engine<Inputs, M>,
  { state, ends, known, resolved }: OrphanSearch<Inputs, M>,
): Promise<OrphansLeft> {
  const { provider } = engine
  const report = (code: ErrorCode): void => emit(engine, state.ref, { type: 'revoke.failed', code })
  const list = await sideCall(engine, { state, phase: 'list', resolved }, async (io, inputs) =>
    provider.list?.(io, inputs),
  )
  if (!list.ok) {
    report(list.code)
    return { absent: [], failed: ends }
  }
  const absent: number[] = []
  const failed: number[] = []
  for (const end of ends) {
    const match = matchingOrphan(list.value ?? [], end, known)
    if (match === 'absent') absent.push(end)
    else if (typeof match === 'string') report(match)
    else {
      const code = await tryRevoke(engine, state, { id: match.id }, resolved)
      if (code === undefined) continue
      report(code)
      failed.push(end)
    }
  }
  return { absent, failed }
}

/** The one token that it can be. A code: which one it is, is left open. */
function matchingOrphan(
  list: readonly IssuedToken[],
  end: number,
  known: ReadonlySet<string>,
): IssuedToken | 'absent' | Extract<ErrorCode, 'conflict' | 'malformed-response'> {
  const strangers = list.filter(({ id }) => !known.has(id))
  const [orphan, another] = strangers.filter(({ expiresAt }) => expiresAt === end)
  if (another) return 'conflict'
  if (orphan) return orphan
  // It may be one of those whose end cannot be read.
  return strangers.some(({ expiresAt }) => expiresAt === undefined) ? 'malformed-response' : 'absent'
}
