import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import type { InputFact } from '@chaveiro/core/provider'
import { EXIT } from '../program/exit-code.ts'
import { Failure } from '../program/failure.ts'
import type { Session } from '../program/session.ts'
import type { Inputs } from './cli-provider.ts'

/** Reads a file, or stdin for `-`. */
export async function readFileOrStdin(session: Session, path: string): Promise<string> {
  if (path === '-') return text(session.stdin)
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new Failure(EXIT.usage, 'usage', session.texts.talk.fileUnreadable(path, code))
  }
}

/** Inputs from a JSON object or from `NAME=value` lines, by the input's name or by its variable's. */
export async function readInputFile(
  session: Session,
  path: string,
  facts: Readonly<Record<string, InputFact>>,
): Promise<Inputs> {
  const content = await readFileOrStdin(session, path)
  const inputs: Record<string, string> = {}
  for (const [key, value] of content.trimStart().startsWith('{') ? fromJson() : fromLines(content)) {
    const [name] = Object.entries(facts).find(([name, { env }]) => key === name || key === env) ?? []
    if (name === undefined) throw bad(session.texts.talk.unknownInput(key, Object.keys(facts)))
    inputs[name] = value
  }
  return inputs

  function fromJson(): [string, string][] {
    let parsed: unknown
    try {
      parsed = JSON.parse(content)
    } catch {
      // Its message would quote the file.
      throw bad(session.texts.talk.badJson(path))
    }
    return Object.entries(Object(parsed)).map(([key, value]) => [key, String(value)])
  }

  function bad(message: string): Failure {
    return new Failure(EXIT.usage, 'usage', message)
  }
}

/** As `.env` files and `env` print them; quotes around a value are not part of it. */
function fromLines(content: string): [string, string][] {
  return content.split('\n').flatMap((line): [string, string][] => {
    const [, name, quoted, plain] =
      /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(?:(?:"|')(.*)(?:"|')|(.*?))\s*$/.exec(line) ?? []
    const value = quoted ?? plain
    return name === undefined || value === undefined ? [] : [[name, value]]
  })
}
