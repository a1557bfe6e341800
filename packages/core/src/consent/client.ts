import { tokenKey } from '../account-ref.ts'
import { isErrorNamed } from '../brands.ts'
import { resolveInputs } from '../call/inputs.ts'
import { ChaveiroError } from '../errors.ts'
import type { ConsentServices } from '../provider/consent.ts'
import type { ResolvedInputs } from '../renewal.ts'
import { inTime } from '../timeout.ts'
import type { ConsentContext } from './asking.ts'

/** The client that asks, read just now. */
export interface Client<Inputs> {
  readonly id: string
  readonly inputs: ResolvedInputs<Inputs>
  /** What a pending consent is bound to: provider, server, namespace, account and client. Nothing in it is secret. */
  readonly binding: string
}

export async function clientOf<Inputs, M>({
  account,
  services,
  asking,
}: ConsentContext<Inputs, M>): Promise<Client<Inputs>> {
  const { provider, clock, tokenCallTimeoutMs, namespace } = services
  const inputs = await inputsOf(clock, tokenCallTimeoutMs, () => resolveInputs(services, account))
  const id = idIn(provider.id, () => asking.clientId(inputs, provider.inputs ?? {}))
  const { server, apiServer } = provider
  const space = { provider: provider.id, server, apiServer, namespace }
  return { id, inputs, binding: `${id.length}:${id},${tokenKey(space, account)}` }
}

async function inputsOf<T>(
  clock: ConsentServices<never, unknown>['clock'],
  timeoutMs: number,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await inTime(clock, timeoutMs, read)
  } catch (error) {
    if (!isErrorNamed(error, 'TimeoutError')) throw error
    throw new ChaveiroError('timeout', 'The credentials function took too long.')
  }
}

/** An error in the provider's own code may quote a secret, so it is not passed on. */
function idIn(provider: string, read: () => unknown): string {
  let id: unknown
  try {
    id = read()
  } catch {
    id = undefined
  }
  if (typeof id === 'string' && id !== '') return id
  throw new ChaveiroError('misconfigured', `clientId() of ${provider} gave no client's id. Check the inputs.`)
}
