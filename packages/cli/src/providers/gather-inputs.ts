import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { canAsk, type Session, say } from '../session/session.ts'
import { parseLifetime } from '../session/times.ts'
import { descriptionIn } from './description.ts'
import { completeCertificates } from './gather-certificates.ts'
import { readInputFile } from './input-file.ts'
import type { Inputs } from './open-options.ts'
import { type CliFacts, type CliInput, factsOf, mayBeAbsent, neededFor, type SignInMethod } from './sign-in-method.ts'

/** The inputs of an account: from the file, else from the environment, else from a prompt. */
export async function gatherInputs(session: Session, facts: CliFacts, file: string | undefined): Promise<Inputs> {
  const { env, texts } = session
  const fromFile = file === undefined ? {} : await readInputFile(session, file, facts.inputs)
  const method = await chooseSignInMethod(session, facts, fromFile)
  const inputs: Record<string, string> = {}
  const missing: [string, CliInput][] = []
  for (const [name, fact] of factsOf(facts, method)) {
    const fromEnv = fact.env === undefined ? undefined : env[fact.env]
    const value = fromFile[name] ?? fromEnv
    if (value) inputs[name] = fact.kind === 'duration' ? milliseconds(session, name, value) : value
    else if (!mayBeAbsent(fact)) missing.push([name, fact])
    if (value && fromFile[name] === undefined && fact.env !== undefined)
      say(session, texts.messages.fromVariable(name, fact.env))
  }
  if (missing.length > 0) {
    if (!canAsk(session)) throw wanting(session, facts.title, [missing])
    const { askInput } = await import('./ask.ts')
    for (const [name, fact] of missing) inputs[name] = await askInput(session, name, fact)
  }
  return completeCertificates(session, facts.inputs, inputs, { isAsking: true })
}

/** The method that the file's inputs begin, else the environment's, else the user's answer. Two at once are an error. */
async function chooseSignInMethod(session: Session, facts: CliFacts, fromFile: Inputs): Promise<SignInMethod> {
  const { env, texts } = session
  const begins = facts.signInMethods.map((method) => ({ method, first: method.inputs[0] ?? '' }))
  const [one] = facts.signInMethods
  if (one !== undefined && facts.signInMethods.length === 1) return one
  const inFile = begins.filter(({ first }) => fromFile[first])
  const begun = inFile.length > 0 ? inFile : begins.filter(({ first }) => env[facts.inputs[first]?.env ?? ''])
  const [chosen] = begun
  if (begun.length > 1) {
    const names = begun.map(({ first }) => (inFile.length > 0 ? first : (facts.inputs[first]?.env ?? first)))
    throw new Failure(EXIT.usage, 'usage', texts.messages.severalWays(names))
  }
  if (chosen !== undefined) return chosen.method
  if (canAsk(session)) return (await import('./ask.ts')).askSignInMethod(session, facts)
  throw wanting(
    session,
    facts.title,
    facts.signInMethods.map((method) => neededFor(facts, method)),
  )
}

function wanting(
  { texts }: Session,
  title: string,
  signInMethods: readonly (readonly [string, CliInput][])[],
): Failure {
  const width = Math.max(...signInMethods.flat().map(([name, { env = name }]) => env.length))
  const lines = signInMethods.map((inputs) =>
    inputs.map(([name, fact]) => `  ${(fact.env ?? name).padEnd(width)}   ${descriptionIn(texts, fact)}`).join('\n'),
  )
  return new Failure(EXIT.usage, 'usage', texts.messages.inputsMissing(title, lines.join(`\n${texts.messages.or}\n`)))
}

/** `30d`, or milliseconds as the option of the library has them. */
export function milliseconds(session: Session, name: string, value: string): string {
  return String(parseLifetime(name, /^\d+$/.test(value) ? `${value}ms` : value, session))
}
