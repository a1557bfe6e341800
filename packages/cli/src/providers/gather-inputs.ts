import type { InputFact, ProviderFacts } from '@chaveiro/core/provider'
import { parseDuration } from '../output/duration.ts'
import { EXIT } from '../program/exit-code.ts'
import { Failure } from '../program/failure.ts'
import { canAsk, type Session, say } from '../program/session.ts'
import { type Inputs, mayBeAbsent } from './cli-provider.ts'
import { readInputFile } from './input-file.ts'

/** The inputs of an account: from the file, else from the environment, else from whoever sits there. */
export async function gatherInputs(
  session: Session,
  { title, inputs: facts }: ProviderFacts,
  file: string | undefined,
): Promise<Inputs> {
  const { env, texts } = session
  const fromFile = file === undefined ? {} : await readInputFile(session, file, facts)
  const inputs: Record<string, string> = {}
  const missing: [string, InputFact][] = []
  for (const [name, fact] of Object.entries(facts)) {
    const fromEnv = fact.env === undefined ? undefined : env[fact.env]
    const value = fromFile[name] ?? fromEnv
    if (value) inputs[name] = fact.kind === 'duration' ? milliseconds(session, name, value) : value
    else if (!mayBeAbsent(fact)) missing.push([name, fact])
    if (value && fromFile[name] === undefined && fact.env !== undefined)
      say(session, texts.talk.fromVariable(name, fact.env))
  }
  if (missing.length === 0) return inputs
  if (!canAsk(session)) throw new Failure(EXIT.usage, 'usage', texts.talk.inputsMissing(title, missing.map(sentence)))
  const { askInput } = await import('./ask.ts')
  for (const [name, fact] of missing) inputs[name] = await askInput(session, name, fact)
  return inputs
}

function sentence([name, fact]: [string, InputFact]): string {
  return `${fact.env ?? name}   ${fact.description}`
}

/** `30d`, or milliseconds as the option of the library has them. */
function milliseconds(session: Session, name: string, value: string): string {
  return /^\d+$/.test(value) ? value : String(parseDuration(name, value, session))
}
