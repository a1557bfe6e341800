import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { readSecretFile } from './read-secret-file.ts'

/** Values of variables, by the variable's name. Those that are missing or empty are left out. */
export type Variables = Readonly<Record<string, string>>

/** The part of a session that has variables. */
type VariableSource = Pick<Session, 'env' | 'removeVariables' | 'texts'>

/** The variable that has the path of a file in place of the value itself. */
function fileVariable(name: string): string {
  return `${name}_FILE`
}

/** Is there a value for it, or the path of a file? */
export function isSet({ env }: VariableSource, name: string): boolean {
  return Boolean(env[name] || env[fileVariable(name)])
}

/** Reads variables, each from NAME or from the file that NAME_FILE names, and takes both out of the environment. */
export async function takeVariables(session: VariableSource, names: readonly string[]): Promise<Variables> {
  const { env, texts } = session
  const given = names.map((name) => ({ name, value: env[name], path: env[fileVariable(name)] }))
  session.removeVariables(names.flatMap((name) => [name, fileVariable(name)]))
  const values: Record<string, string> = {}
  for (const { name, value, path } of given) {
    if (value && path) throw new Failure(EXIT.usage, 'usage', texts.messages.setTwice(name, fileVariable(name)))
    if (path) values[name] = await readSecretFile(session, fileVariable(name), path)
    else if (value) values[name] = value
  }
  return values
}
