import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { parseEnv } from './parse-env.ts'
import { nameOf, type ReadingSession, readText } from './read-file.ts'

/** The URL of a store: one line of a file, by itself or behind the name of its variable as in a `.env` file. */
export async function readStoreUrl(session: ReadingSession, path: string, variable: string): Promise<string> {
  const content = await readText(session, path)
  const wrong = (): Failure => new Failure(EXIT.usage, 'usage', session.texts.data.oneUrl(nameOf(path)))
  const lines = content.split(/[\r\n]+/).map((line) => line.trim())
  const [only = '', ...more] = lines.filter((line) => line !== '' && !line.startsWith('#'))
  if (/^[a-z+]+:\/\//i.test(only)) {
    if (more.length > 0) throw wrong()
    return only
  }
  const found = parseEnv(content, wrong).filter(([name]) => name === variable)
  const [[, url] = ['', '']] = found
  if (found.length !== 1 || url === '') throw wrong()
  return url
}
