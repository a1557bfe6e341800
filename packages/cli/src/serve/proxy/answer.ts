import type { ServerResponse } from 'node:http'
import { answerHeaders, isReadable } from './carried-headers.ts'
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
  const headers = shownHeaders(incoming, notes)
  const reader = incoming.body?.getReader()
  try {
    if (search) refuseHead(incoming, headers, search)
    const guard = search && new EchoGuard(search)
    for (let isOver = reader === undefined || request.method === 'HEAD'; !isOver; ) {
      const read = await reader?.read()
      isOver = read === undefined || read.done
      const bytes = guard === undefined ? read?.value : read?.value ? guard.pass(read.value) : guard.rest()
      if (bytes !== undefined && bytes.length > 0) await send(outgoing, incoming.status, headers, bytes)
    }
    begin(outgoing, incoming.status, headers)
    outgoing.end()
  } catch (error) {
    if (outgoing.headersSent) outgoing.destroy()
    throw error instanceof SecretEchoed ? echoed() : error
  } finally {
    // Frees the connection to the provider, whatever is left on it.
    void reader?.cancel().catch(() => {})
  }
}

function shownHeaders(incoming: Response, { location, isNotReplayed }: AnswerNotes): readonly [string, string][] {
  return [
    ...answerHeaders(incoming.headers),
    ...(location === undefined ? [] : [['location', location] satisfies [string, string]]),
    ...(isNotReplayed ? [['chaveiro-replayed', 'no'] satisfies [string, string]] : []),
  ]
}

function refuseHead(incoming: Response, headers: readonly [string, string][], search: EchoSearch): void {
  if (!isReadable(incoming.headers)) {
    throw badAnswer('content-encoding', 'The provider’s answer has an encoding that can’t be searched for secrets.')
  }
  // As one text, because a line break is in no header.
  if (search.finds(headers.flat().join('\n'))) throw new SecretEchoed()
}

function echoed(): Refusal {
  return badAnswer('secret-echoed', 'The provider’s answer shows a secret of the account, which this key may not see.')
}

async function send(
  outgoing: ServerResponse,
  status: number,
  headers: readonly [string, string][],
  bytes: Uint8Array,
): Promise<void> {
  begin(outgoing, status, headers)
  if (outgoing.destroyed) throw new Error('The caller has gone.')
  if (!outgoing.write(bytes)) await drained(outgoing)
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

function begin(outgoing: ServerResponse, status: number, headers: readonly [string, string][]): void {
  if (!outgoing.headersSent) outgoing.writeHead(status, headers.flat())
}
