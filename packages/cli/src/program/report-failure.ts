import { type ChaveiroError, isChaveiroError } from '@chaveiro/core'
import type { CommanderError } from 'commander'
import { AccountError, nextAttemptOf } from '../accounts/account-error.ts'
import { type CommandSubject, commandFor } from '../accounts/shell-words.ts'
import { EXIT, exitOfError } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { formatDuration } from '../session/times.ts'
import { fit, widthOf } from '../terminal/fit.ts'
import { FULL } from './stdout.ts'

/** Says what went wrong and what to do, as text or as JSON. Returns the exit code. */
export function reportFailure(session: Session, thrown: unknown): number {
  const { texts } = session
  const { error, subject } =
    thrown instanceof AccountError
      ? { error: thrown.cause, subject: thrown.subject }
      : { error: thrown, subject: undefined }
  const exit = exitOfError(error)
  if (error instanceof Failure) return report(session, error.exit, error.code, error.message)
  if (exit !== undefined && isChaveiroError(error)) {
    const remedy = texts.messages.remedies[error.code]?.(commandFor(session, 'login', subject ?? providerOf(error)))
    const now = Date.now()
    const next = nextAttemptOf(error, now)
    // What has to be corrected can be tried at once.
    const isWaited = next !== undefined && next > now && error.action !== 'reauthorize'
    const wait = !isWaited ? [] : [texts.messages.retryIn(formatDuration(next - now + 999))]
    return report(session, exit, error.code, [error.message, ...wait, ...(remedy ? [remedy] : [])].join('\n'))
  }
  const trouble = systemTrouble(error)
  if (trouble !== undefined && FULL.includes(trouble.code)) {
    return report(session, EXIT.storage, trouble.code, texts.data.diskFull(trouble.code, trouble.path))
  }
  if (trouble !== undefined) return report(session, EXIT.storage, trouble.code, texts.messages.systemTrouble(trouble))
  // A defect in this program: the stack helps to fix it.
  return report(session, EXIT.failed, 'defect', error instanceof Error ? (error.stack ?? error.message) : String(error))
}

function providerOf({ provider = '' }: ChaveiroError): CommandSubject {
  return { provider: provider.split('/')[0] ?? '' }
}

/** Help and version end here too, with nothing left to say. */
export function reportUsage(session: Session, { code, exitCode, message }: CommanderError): number {
  if (exitCode === 0) return EXIT.done
  // No command was named, and the help has been printed in place of an error.
  if (code === 'commander.help' && !session.json) return EXIT.usage
  const { usage } = session.texts.messages
  const [, subject = ''] = /'([^']+)'/.exec(message) ?? []
  const [, suggestion] = /Did you mean (.+)\?/.exec(message) ?? []
  const sentence = usage[code]?.(subject) ?? message.replace(/^error: /, '')
  return report(session, EXIT.usage, 'usage', suggestion ? `${sentence}\n${usage.didYouMean(suggestion)}` : sentence)
}

function report({ stderr, env, json }: Session, exit: number, code: string, message: string): number {
  stderr.write(
    json ? `${JSON.stringify({ error: { code, message, exit } })}\n` : `${fit(message, widthOf(stderr, env))}\n`,
  )
  return exit
}

/** What the operating system refused: a full disk, a folder of another user. */
function systemTrouble(error: unknown): { code: string; path: string } | undefined {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return undefined
  return { code: String(error.code), path: 'path' in error ? String(error.path) : '' }
}
