import { isChaveiroError } from '@chaveiro/core'
import type { ProviderFacts } from '@chaveiro/core/provider'
import { EXIT } from '../program/exit-code.ts'
import { Failure } from '../program/failure.ts'
import type { Session } from '../program/session.ts'
import type { Inputs } from '../providers/cli-provider.ts'

/** The error of an account from variables: there is a variable to correct, and no login to repeat. */
export function environmentError({ texts }: Session, error: unknown, facts: ProviderFacts, inputs: Inputs): unknown {
  if (!isChaveiroError(error) || error.action !== 'reauthorize') return error
  const variables = Object.keys(inputs).flatMap((name) => facts.inputs[name]?.env ?? [])
  return new Failure(EXIT.signIn, error.code, `${error.message}\n${texts.talk.checkVariables(variables)}`)
}
