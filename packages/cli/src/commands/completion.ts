import { script } from '@bomb.sh/tab'
import { EXIT } from '../program/exit-code.ts'
import { Failure } from '../program/failure.ts'
import { printJson, type Session } from '../program/session.ts'
import { SHELLS } from '../program/shells.ts'

/** `chaveiro completion`: the script by which a shell completes our words. */
export function completion(session: Session, shell: string): undefined {
  if (!SHELLS.includes(shell)) throw new Failure(EXIT.usage, 'usage', session.texts.talk.noShell(shell, SHELLS))
  const text = scriptFor(shell)
  if (session.json) printJson(session, { shell, script: text })
  else session.stdout.write(text)
}

/** The library knows but one way to give it: it prints it. */
function scriptFor(shell: string): string {
  const lines: string[] = []
  const { log } = console
  console.log = (line: string) => void lines.push(`${line}\n`)
  try {
    script(shell, 'chaveiro', 'chaveiro')
  } finally {
    console.log = log
  }
  return lines.join('')
}
