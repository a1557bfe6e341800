import { attemptsOf } from '@chaveiro/core'
import { EXIT } from '../program/exit-code.ts'
import { Failure } from '../program/failure.ts'
import type { Session } from '../program/session.ts'

/** What a `fetch` that failed means to a person: the network, unless nothing was sent because the words do not fit. */
export function noAnswer({ texts }: Session, error: unknown): Failure {
  const report = attemptsOf(error)
  if (report === undefined && error instanceof TypeError) return new Failure(EXIT.usage, 'usage', error.message)
  const code = report?.history.at(-1)?.code ?? (error instanceof Error ? error.name : '')
  return new Failure(EXIT.unavailable, 'network', texts.talk.noAnswer(code, report?.attempts ?? 1))
}
