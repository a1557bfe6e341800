import type { ServerResponse } from 'node:http'
import { rawAnswer } from '@chaveiro/core/node'
import { answerFields, isReadable } from './carried-headers.ts'
import { EchoGuard, SecretEchoed } from './echo-guard.ts'
import { type EchoSearch, echoSearch } from './echo-search.ts'
import type { ProxyExchange } from './exchange.ts'
import { badAnswer, type Refusal } from './refusal.ts'

/** What the caller is told besides what the provider said. */
export interface AnswerNotes {
  readonly location: string | undefined
  /** The body was too long to be sent again, and the provider's answer asks for that. */
  readonly isNotReplayed: boolean
}

/**
 * Passes the provider's answer on as it comes. If it breaks off, or shows a secret to a key that may hold none, the caller's
 * connection is destroyed, because a clean end would make a whole answer of what has been sent.
 * @throws {Refusal} if nothing has been sent and nothing may be
 */
export async function passOn(
  { call: { response: outgoing, request }, account, holdsTokens }: ProxyExchange,
  incoming: Response,
  notes: AnswerNotes,
): Promise<void> {
  const search = holdsTokens ? undefined : echoSearch(account.secrets())
  const { status } = incoming
  const { fields, body } = rawAnswer(incoming)
  const shown = shownFields(fields, notes)
  try {
    if (search) refuseHead(fields, shown, search)
    const guard = search && new EchoGuard(search)
    for (let isLast = false; !isLast; ) {
      const bytes = (request.method === 'HEAD' ? undefined : await body?.read()) ?? NOTHING
      isLast = body === undefined || bytes === NOTHING || body.isOver
      const passed = guard ? guard.pass(bytes, isLast) : bytes
      if (outgoing.destroyed) throw new Error('The caller has gone.')
      if (!outgoing.headersSent && (isLast || passed.length > 0)) outgoing.writeHead(status, shown)
      // With the head, where all is there already.
      if (isLast) outgoing.end(passed)
      else if (passed.length > 0 && !outgoing.write(passed)) await drained(outgoing)
    }
  } catch (error) {
    if (outgoing.headersSent) outgoing.destroy()
    throw error instanceof SecretEchoed ? echoed() : error
  } finally {
    // Frees the connection to the provider, whatever is left on it.
    body?.cancel()
  }
}

const NOTHING = new Uint8Array(0)

function shownFields(fields: readonly string[], { location, isNotReplayed }: AnswerNotes): string[] {
  const shown = answerFields(fields)
  if (location !== undefined) shown.push('Location', location)
  if (isNotReplayed) shown.push('Chaveiro-Replayed', 'no')
  return shown
}

function refuseHead(fields: readonly string[], shown: readonly string[], search: EchoSearch): void {
  if (!isReadable(fields)) {
    throw badAnswer('content-encoding', 'The provider’s answer has an encoding that can’t be searched for secrets.')
  }
  // As one text, because a line break is in no header.
  if (search.finds(shown.join('\n'))) throw new SecretEchoed()
}

function echoed(): Refusal {
  return badAnswer('secret-echoed', 'The provider’s answer shows a secret of the account, which this key may not see.')
}

/** Until the caller has read on, or has gone. */
function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done)
      outgoing.off('close', done)
      resolve()
    }
    outgoing.on('drain', done)
    outgoing.on('close', done)
  })
}
