import { script } from '@bomb.sh/tab'
import { didYouMean } from '../session/did-you-mean.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { printJson, type Session } from '../session/session.ts'
import { BASH_COMPLETION } from './completion-bash.ts'

/** `chaveiro completion`: the script by which a shell completes our words. */
export function completion(session: Session, shell: string, shells: readonly string[]): undefined {
  if (!shells.includes(shell)) {
    const meant = didYouMean(shell, shells, session.texts)
    throw new Failure(EXIT.usage, 'usage', session.texts.messages.unknownShell(shell, meant, shells))
  }
  const text = scriptFor(shell)
  if (session.json) printJson(session, { shell, script: text })
  else session.stdout.write(text)
}

/** The library prints its scripts, and its script for bash cannot be sourced twice. */
function scriptFor(shell: string): string {
  if (shell === 'bash') return BASH_COMPLETION
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
