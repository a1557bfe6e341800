import type { SimulatorClock } from '../clock.ts'
import type { Call } from '../incoming-request.ts'
import { type Json, writtenText } from '../json.ts'
import type { Codes } from '../oauth/codes.ts'
import type { FoundToken } from '../oauth/oauth-tokens.ts'
import type { SpecAccount, SpecAccounts } from './accounts.ts'
import type { SpecCall, SpecFacts } from './read-spec.ts'
import type { ShownCodes } from './shown-codes.ts'
import type { SpecTokens } from './spec-tokens.ts'

/** A token by the handle that its provider gave it. */
interface Handle {
  readonly id: string
  readonly value: string
  readonly family: number
  readonly generation: number
}

/** What the server of a spec knows. */
export interface Play {
  readonly facts: SpecFacts
  readonly accounts: SpecAccounts
  readonly tokens: SpecTokens
  readonly codes: Codes
  readonly shownCodes: ShownCodes
  readonly clock: SimulatorClock
  readonly random: () => number
  /** What an answer left beside a token, by its family: `secrets.jwt`, `meta.lane`. */
  readonly kept: Map<number, ReadonlyMap<string, Json>>
  readonly handles: Handle[]
  /** The ids of assertions that were used. */
  readonly spent: Set<string>
  /** Where the server is reached. */
  readonly address: () => URL
}

/** A token call that came, and who sent it. */
export interface Played {
  readonly play: Play
  readonly spec: SpecCall
  readonly call: Call
  /** Undefined where only the token or the code that it is about can tell. */
  readonly account: SpecAccount | undefined
  /** The token that it is authorized by. */
  readonly carried: CarriedToken | undefined
}

export interface CarriedToken {
  readonly value: string
  readonly token: FoundToken
}

/** The text that a call brings for a value of the vocabulary. */
export const broughtFor = ({ spec, call }: Pick<Played, 'spec' | 'call'>, kind: string): string | undefined => {
  const value = spec.bindings.find(({ bound }) => bound.kind === kind)?.read(call)
  return value === undefined || value === null ? undefined : writtenText(value)
}

/** The part of a token that a call is about. */
export const broughtToken = (
  { spec, call }: Pick<Played, 'spec' | 'call'>,
  field: 'value' | 'id' | 'refresh',
): string | undefined => {
  const value = spec.bindings.find(({ bound }) => bound.kind === 'token' && bound.field === field)?.read(call)
  return value === undefined || value === null ? undefined : writtenText(value)
}
