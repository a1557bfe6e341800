import type { AccountRef } from '../account-ref.ts'
import type { ChaveiroError } from '../errors.ts'
import type {
  BeginConsent,
  BegunConsent,
  ConsentServices,
  FinishConsent,
  FinishShownConsent,
} from '../provider/consent.ts'
import type { InputFact } from '../provider/facts.ts'
import type { ProviderIo } from '../provider/provider-io.ts'
import type { ResolvedInputs } from '../renewal.ts'
import type { Grant } from '../token/grant.ts'
import type { Pending, Pendings } from './pendings.ts'

/** One way to ask a person: by a page that sends the person back, or by codes that are shown and typed. */
export interface Asking<Inputs, M> {
  /** Names the client, which a pending consent is bound to. */
  clientId(resolved: ResolvedInputs<Inputs>, facts: Readonly<Record<string, InputFact>>): string
  /** Begins: keeps what has to be known when the person comes back, and says where to send the person. */
  begin(context: ConsentContext<Inputs, M>, options: BeginConsent): Promise<BegunConsent>
  /** Checks what doesn't depend on the pending consent. @throws {TypeError} for options of another way to ask. */
  checkFinish(options: FinishConsent | FinishShownConsent): void
  /**
   * Reads what came back. `undefined`: the pending consent can't be one of this way. Throws where the answer doesn't
   * belong to this pending consent, so before anything is used up.
   */
  read(pending: Pending, options: FinishConsent | FinishShownConsent): Answer<Inputs, M> | undefined
}

/** What came back: a code to exchange, or why there isn't one. */
export type Answer<Inputs, M> = { readonly refusal: ChaveiroError } | CodeAnswer<Inputs, M>

/** A code that came back. */
export interface CodeAnswer<Inputs, M> {
  /** What must not be shown, besides the inputs' own secrets. */
  readonly secrets: readonly string[]
  /** Granted if the answer to the exchange names no scopes. Absent: nothing is known then. */
  readonly scopes?: readonly string[]
  exchange(io: ProviderIo, inputs: Inputs): Promise<Grant<M>>
}

/** What the steps of one account's consent share. */
export interface ConsentContext<Inputs, M> {
  readonly account: AccountRef
  readonly services: ConsentServices<Inputs, M>
  readonly asking: Asking<Inputs, M>
  readonly open: Pendings
}
