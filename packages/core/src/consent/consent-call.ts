import type { AccountRef } from '../account-ref.ts'
import { describeFailure } from '../call/describe-failure.ts'
import { type GuardedIo, guardedIo } from '../call/guarded-io.ts'
import { sleep } from '../clock.ts'
import type { ConsentServices } from '../provider/consent.ts'
import type { ProviderIo } from '../provider/provider-io.ts'
import type { CallFailure, ProviderPhase, ResolvedInputs } from '../renewal.ts'
import { untilDeadline } from '../timeout.ts'

const MOST_TRIES = 3
const PAUSE_MS = 200
// A person waits, and a code is good for minutes.
const LONGEST_WAIT_MS = 30_000

/** A call to the provider that a consent needs. */
export interface ConsentCall<Inputs, Answer, T = Answer> {
  readonly phase: Extract<ProviderPhase, 'show' | 'exchange'>
  readonly account: AccountRef
  readonly inputs: ResolvedInputs<Inputs>
  /** What must not be shown, besides the inputs' own secrets. */
  readonly secrets: readonly string[]
  /** Waited for before each request leaves; when it rejects, none does. */
  readonly beforeSending?: () => Promise<void>
  readonly make: (io: ProviderIo, inputs: Inputs) => Promise<Answer>
  /** Checks what the provider made of the answer, because types can't. */
  readonly check: (answer: Answer, startedAt: number, noteSkew: () => void) => T
}

/** One that failed. `refused`: `beforeSending` rejected, and nothing was tried. */
export class ConsentCallFailed extends Error {
  readonly failure: CallFailure
  readonly refused: { readonly reason: unknown } | undefined

  constructor(failure: CallFailure, refused: { readonly reason: unknown } | undefined) {
    super('A call of a consent failed.')
    this.failure = failure
    this.refused = refused
  }
}

/**
 * Makes the call: once, and again only while it was certainly not sent.
 * @throws {ConsentCallFailed}
 */
export async function consentCall<Inputs, M, Answer, T>(
  services: ConsentServices<Inputs, M>,
  call: ConsentCall<Inputs, Answer, T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await tryOnce(services, call, tries > 1)
    if ('answer' in outcome) return outcome.answer
    const { failure } = outcome.failed
    if (failure.sent !== 'no' || !failure.isTried || tries === MOST_TRIES) throw outcome.failed
    await sleep(services.clock, PAUSE_MS * 2 ** tries)
  }
}

async function tryOnce<Inputs, M, Answer, T>(
  services: ConsentServices<Inputs, M>,
  { phase, account, inputs, secrets, beforeSending = async () => {}, make, check }: ConsentCall<Inputs, Answer, T>,
  isRepeat: boolean,
): Promise<{ answer: T } | { failed: ConsentCallFailed }> {
  const { provider, clock, fetch, freshFetch, tokenCallTimeoutMs, emit } = services
  let guarded: GuardedIo | undefined
  let offsetMs: number | undefined
  let refused: { readonly reason: unknown } | undefined
  let startedAt = 0
  const noteSkew = (): void => emit(account, { type: 'clock.skew' })
  const send = async (signal: AbortSignal): Promise<Answer> => {
    guarded = guardedIo(
      { ...services, fetch: (isRepeat && freshFetch) || fetch },
      {
        account,
        signal,
        secrets: [...secrets, ...inputs.secrets],
        beforeSending: async () => {
          try {
            await beforeSending()
          } catch (reason) {
            refused = { reason }
            throw reason
          }
        },
        onSkew: noteSkew,
        onOffset: (ms) => {
          offsetMs = ms
        },
      },
    )
    startedAt = guarded.io.now
    return make(guarded.io, inputs.inputs)
  }
  try {
    const place = { account, entries: inputs.entries, leftMs: LONGEST_WAIT_MS, awaited: () => true }
    const sendInTime = (): Promise<Answer> => untilDeadline(clock, tokenCallTimeoutMs, send)
    const answer = await (provider.limit?.run(services, place, sendInTime) ?? sendInTime())
    const checked = check(answer, startedAt, noteSkew)
    if (offsetMs !== undefined) services.noteClockOffset(offsetMs)
    return { answer: checked }
  } catch (error) {
    const failure = describeFailure(services, phase, error, guarded)
    return { failed: new ConsentCallFailed(failure, failure.isTried ? undefined : refused) }
  }
}
