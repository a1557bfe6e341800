import { sleep } from '../clock.ts'
import { isChaveiroError } from '../errors.ts'
import type { FinishConsent, FinishShownConsent } from '../provider/consent.ts'
import { isSecret } from '../secret.ts'
import type { Grant } from '../token/grant.ts'
import type { Answer, ConsentContext } from './asking.ts'
import { type Client, clientOf } from './client.ts'
import { consentError } from './consent-error.ts'
import { ExchangeFailed, exchangeCode } from './exchange-call.ts'
import type { FoundPending } from './pendings.ts'

const UNKNOWN =
  'This pending consent is unknown here: it was used, is over ten minutes old, or belongs to another account, client or server.'
const KEEP_TRIES = 3
const KEEP_PAUSE_MS = 50

type Keep<M> = (grant: Grant<M>) => Promise<void>

/** Checks what came back, exchanges its code once and signs the account in. */
export async function finish<Inputs, M>(
  context: ConsentContext<Inputs, M>,
  options: FinishConsent | FinishShownConsent,
  keep: Keep<M>,
): Promise<void> {
  const { account, services, asking, open } = context
  asking.checkFinish(options)
  const { pending } = options
  if (typeof pending !== 'string' && !isSecret(pending)) throw new TypeError('Option pending is what begin() gave.')
  const { provider, clock, emit } = services
  const startedAt = clock.monotonic()
  try {
    const client = await clientOf(context)
    const found = await open.find(client.binding, typeof pending === 'string' ? pending : pending.reveal())
    const answer = found && asking.read(found.pending, options)
    if (found === undefined || answer === undefined) throw consentError(UNKNOWN)
    const grant = await exchanged(context, client, found, answer)
    await keepSafely(context, grant, keep)
    const { expiresAt } = grant
    emit(account, { type: 'consent.done', expiresAt, durationMs: clock.monotonic() - startedAt })
    if (provider.refresh && grant.refreshToken === undefined)
      emit(account, { type: 'refresh-token.missing', scopes: found.pending.scopes })
  } catch (error) {
    const code = isChaveiroError(error) ? error.code : undefined
    emit(account, { type: 'consent.failed', code, durationMs: clock.monotonic() - startedAt })
    throw error
  }
}

async function exchanged<Inputs, M>(
  { account, services }: ConsentContext<Inputs, M>,
  { inputs }: Client<Inputs>,
  { take, putBack }: FoundPending,
  answer: Answer<Inputs, M>,
): Promise<Grant<M>> {
  let isTaken = false
  const takeOnce = async (): Promise<void> => {
    isTaken = await take()
    if (!isTaken) throw consentError(UNKNOWN)
  }
  if ('refusal' in answer) {
    await takeOnce()
    throw answer.refusal
  }
  let taken: Promise<void> | undefined
  try {
    const grant = await exchangeCode(services, answer, {
      account,
      inputs,
      secrets: answer.secrets,
      // Used up before the code leaves, so that no other process sends it too.
      beforeSending: () => {
        taken ??= takeOnce()
        return taken
      },
    })
    const { scopes = answer.scopes } = grant
    return scopes === undefined ? grant : { ...grant, scopes }
  } catch (failed) {
    if (!(failed instanceof ExchangeFailed)) throw failed
    // The caller may finish once more with the same callback. If the store refuses that, it has to begin again.
    if (failed.isUnsent && isTaken) await putBack().catch(() => {})
    throw failed.reason
  }
}

/** The code is spent, so a store that fails once must not cost the person another consent. */
async function keepSafely<Inputs, M>(
  { account, services }: ConsentContext<Inputs, M>,
  grant: Grant<M>,
  keep: Keep<M>,
): Promise<void> {
  const { provider, clock, emit, revoke } = services
  for (let tries = 1; ; tries += 1) {
    try {
      return await keep(grant)
    } catch (error) {
      if (!isChaveiroError(error)) throw error
      emit(account, { type: 'persist.failed', code: error.code })
      if (tries < KEEP_TRIES) {
        await sleep(clock, KEEP_PAUSE_MS * 2 ** tries)
        continue
      }
      const code = provider.revoke && (await revoke(account, grant))
      if (code) emit(account, { type: 'revoke.failed', code })
      throw consentError('The new token could not be saved, and the code is spent.', {}, error.code)
    }
  }
}
