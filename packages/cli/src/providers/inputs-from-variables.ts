import type { Variables } from '../files/take-variables.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { milliseconds } from './gather-inputs.ts'
import type { Inputs } from './open-options.ts'
import { type CliFacts, factsOf, neededFor, type SignInMethod } from './sign-in-method.ts'

/** The variables that a provider's specification names for its inputs. */
export function variablesOf({ inputs }: CliFacts): readonly string[] {
  return Object.values(inputs).flatMap(({ env }) => env ?? [])
}

/** The inputs of an account from variables alone. The variables that are set decide between several sign-in methods. */
export function inputsFromVariables(session: Session, facts: CliFacts, variables: Variables): Inputs {
  const { texts } = session
  const bad = (message: string): Failure => new Failure(EXIT.usage, 'usage', message)
  const begun =
    facts.signInMethods.length === 1
      ? facts.signInMethods
      : facts.signInMethods.filter((method) => variables[firstOf(facts, method)])
  const [method, another] = begun
  if (another !== undefined) throw bad(texts.messages.severalWays(begun.map((one) => firstOf(facts, one))))
  const missing = (method === undefined ? facts.signInMethods : [method])
    .map((one) => neededOf(facts, one).filter((name) => variables[name] === undefined))
    .filter((names) => names.length > 0)
  if (missing.length > 0) throw bad(texts.messages.variablesMissing(facts.title, missing))
  return Object.fromEntries(
    (method === undefined ? [] : factsOf(facts, method)).flatMap(([name, { env, kind }]) => {
      const value = env === undefined ? undefined : variables[env]
      if (value === undefined) return []
      return [[name, kind === 'duration' ? milliseconds(session, name, value) : value]]
    }),
  )
}

/** The variable that no other method has. */
function firstOf({ inputs }: CliFacts, method: SignInMethod): string {
  return inputs[method.inputs[0] ?? '']?.env ?? ''
}

function neededOf(facts: CliFacts, method: SignInMethod): readonly string[] {
  return neededFor(facts, method).map(([name, { env = name }]) => env)
}
