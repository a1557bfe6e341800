import type { Clock } from '../clock.ts'
import { isFields, isInstant, type Note, type Notes, note, type OpenNotes } from '../notes.ts'
import { digestOf, toHex } from '../random-id.ts'
import { CallFailed, type DenialPlaces, type Policy, type ResolvedInputs, type Verdict } from '../renewal.ts'

const HOUR = 3_600_000
// A bad hour of a vendor must not require a person, so denied keys are tried again, though seldom.
const FIRST_PROBE_MS = 6 * HOUR
const LATER_PROBES_MS = 24 * HOUR
// The mistake may be fixed at the provider too, which should be noticed within minutes.
const FIRST_MISCONFIGURED_MS = 30_000
const LONGEST_MISCONFIGURED_MS = 300_000

/** Something that the provider denied, so that no process asks again at once. */
interface Denial {
  /** The generation at which it was denied. A refresh token has its own; inputs are the account's. */
  readonly generation: number
  /** Epoch milliseconds of the last denial. */
  readonly at: number
  /** How often it has been tried again since the first denial. */
  readonly probes: number
  /** A salted mark of the inputs. New inputs are tried at once. */
  readonly mark: string
}

/** The refresh token, the inputs, or a request that the provider can't serve with these inputs. */
export type DeniedKind = Extract<Verdict['kind'], 'refresh-rejected' | 'credentials-rejected' | 'misconfigured'>
const OF_ACQUIRE = ['credentials-rejected', 'misconfigured'] as const
const OF_REFRESH = ['refresh-rejected', 'inputs-of-refresh', 'misconfigured'] as const
const KINDS: readonly string[] = ['refresh-rejected', 'credentials-rejected', 'misconfigured'] satisfies DeniedKind[]
/** A refresh may be denied for its inputs, which says nothing about its token (RFC 6749 §5.2, `invalid_client`). */
type Key = DeniedKind | 'inputs-of-refresh'
type Denials = Partial<Record<Key, Denial>>

const denials: Note<Denials> = note('denials', isDenials)

/**
 * Does not send denied keys again for hours. Inside `callSafely`, which goes on with another kind of call: denied
 * inputs must not prevent a refresh.
 */
export function rememberDenials(probeRejected: boolean, places: DenialPlaces): Policy {
  return {
    wrap:
      (next, { clock, inputs }) =>
      async (turn) => {
        const { account, notes } = turn
        const { held } = turn.kept
        const place = (): OpenNotes => places.open(account, held, notes)
        const noted = places.of(account, held, notes)
        const { generation = 0 } = held ?? {}
        const isAcquire = turn.call === 'acquire'
        const resolved = await inputs(turn)
        const isSame = async (known: Denial | undefined): Promise<boolean> =>
          known !== undefined && (await hasMark(known.mark, resolved.entries))
        for (const key of isAcquire ? OF_ACQUIRE : OF_REFRESH) {
          const known = denialOf(noted, key, generation)
          if (known && deniedFor(known, key, probeRejected, clock) > 0 && (await isSame(known))) throw notAgain(key)
        }
        try {
          const grant = await next(turn)
          // A success lifts all denials of the account.
          if (denials.of(noted)) denials.put(place(), undefined)
          return grant
        } catch (error) {
          const kind = error instanceof CallFailed && error.failure.isTried ? error.failure.verdict.kind : undefined
          if (!isDeniedKind(kind)) throw error
          const key: Key = kind === 'credentials-rejected' && !isAcquire ? 'inputs-of-refresh' : kind
          const known = denialOf(noted, key, generation)
          const probes = known && (await isSame(known)) ? known.probes + 1 : 0
          const mark = await inputsMark(resolved.entries)
          const denial: Denial = { generation, at: clock.now(), probes, mark }
          denials.put(place(), { ...denials.of(place()), [key]: denial })
          throw error
        }
      },
  }
}

/** Epoch milliseconds from which the same inputs may be tried again. `Infinity`: never. `-Infinity`: at once. */
export function deniedUntil(
  notes: Notes,
  kind: DeniedKind,
  generation: number,
  probeRejected: boolean,
  clock: Clock,
): number {
  const known = denialOf(notes, kind, generation)
  return known ? clock.now() + deniedFor(known, kind, probeRejected, clock) : -Infinity
}

export function isDenied(notes: Notes, kind: DeniedKind, generation: number): boolean {
  return denialOf(notes, kind, generation) !== undefined
}

/** Where no other process reads the notes. */
export const DENIALS_IN_NOTES: DenialPlaces = {
  of: (_account, _held, notes) => notes,
  open: (_account, _held, notes) => notes,
}

function denialOf(notes: Notes, kind: Key, generation: number): Denial | undefined {
  const denial = denials.of(notes)?.[kind]
  // A refresh token has its generation; inputs are the account's.
  return kind !== 'refresh-rejected' || denial?.generation === generation ? denial : undefined
}

/** Milliseconds until it may be tried again. */
function deniedFor({ at, probes }: Denial, kind: Key, probeRejected: boolean, clock: Clock): number {
  const isMisconfigured = kind === 'misconfigured'
  if (!probeRejected && !isMisconfigured) return Infinity
  const pause = isMisconfigured
    ? Math.min(FIRST_MISCONFIGURED_MS * 2 ** probes, LONGEST_MISCONFIGURED_MS)
    : probes === 0
      ? FIRST_PROBE_MS
      : LATER_PROBES_MS
  // An instant far ahead was written by a wrong clock, and must not count forever.
  const age = clock.now() - at
  return age < -pause ? 0 : Math.max(0, pause - age)
}

function notAgain(key: Key): CallFailed {
  const kind = key === 'inputs-of-refresh' ? 'credentials-rejected' : key
  const unknown = { status: undefined, title: undefined, code: undefined, message: undefined }
  return new CallFailed({ verdict: { kind }, sent: 'no', isTried: false, isRemembered: true, ...unknown })
}

function isDeniedKind(kind: string | undefined): kind is DeniedKind {
  return kind !== undefined && KINDS.includes(kind)
}

function isDenials(value: unknown): value is Denials {
  return isFields(value) && Object.values(value).every(isDenial)
}

function isDenial(value: unknown): value is Denial {
  if (!isFields(value)) return false
  const { generation, at, probes, mark } = value
  return Number.isSafeInteger(generation) && Number.isSafeInteger(probes) && isInstant(at) && typeof mark === 'string'
}

/** A salted mark of the credentials. It shows whether they changed, and nothing else about them. */
async function inputsMark(
  entries: ResolvedInputs<unknown>['entries'],
  salt: string = toHex(crypto.getRandomValues(new Uint8Array(16))),
): Promise<string> {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
  return `${salt}.${await digestOf(salt + JSON.stringify(sorted))}`
}

/** Were these the credentials that the mark was made of? */
async function hasMark(mark: string, entries: ResolvedInputs<unknown>['entries']): Promise<boolean> {
  return (await inputsMark(entries, mark.slice(0, mark.indexOf('.')))) === mark
}
