import type { Variables } from '../files/take-variables.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { milliseconds } from './gather-inputs.ts'
import type { Inputs } from './open-options.ts'
import { type CliFacts, factsOf, neededFor, type Way } from './way.ts'

/** The variables that a provider's specification names for its inputs. */
export function variablesOf({ inputs }: CliFacts): readonly string[] {
  return Object.values(inputs).flatMap(({ env }) => env ?? [])
}

/** The inputs of an account from variables alone. The variables that are set decide between several ways to sign in. */
export function inputsFromVariables(session: Session, facts: CliFacts, variables: Variables): Inputs {
  const { texts } = session
  const bad = (message: string): Failure => new Failure(EXIT.usage, 'usage', message)
  const begun = facts.ways.length === 1 ? facts.ways : facts.ways.filter((way) => variables[firstOf(facts, way)])
  const [way, another] = begun
  if (another !== undefined) throw bad(texts.talk.severalWays(begun.map((one) => firstOf(facts, one))))
  const missing = (way === undefined ? facts.ways : [way])
    .map((one) => neededOf(facts, one).filter((name) => variables[name] === undefined))
    .filter((names) => names.length > 0)
  if (missing.length > 0) throw bad(texts.talk.variablesMissing(facts.title, missing))
  return Object.fromEntries(
    (way === undefined ? [] : factsOf(facts, way)).flatMap(([name, { env, kind }]) => {
      const value = env === undefined ? undefined : variables[env]
      if (value === undefined) return []
      return [[name, kind === 'duration' ? milliseconds(session, name, value) : value]]
    }),
  )
}

/** The variable that no other way has. */
function firstOf({ inputs }: CliFacts, way: Way): string {
  return inputs[way.inputs[0] ?? '']?.env ?? ''
}

function neededOf(facts: CliFacts, way: Way): readonly string[] {
  return neededFor(facts, way).map(([name, { env = name }]) => env)
}
