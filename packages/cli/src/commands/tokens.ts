import { withAccount } from '../accounts/open-account.ts'
import { formatDate } from '../messages/language.ts'
import type { IssuedTokens } from '../providers/cli-provider.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { printJson, type Session, say } from '../session/session.ts'
import { isoDate, parseLifetime } from '../session/times.ts'
import { widthOf } from '../terminal/fit.ts'
import { NOTHING, table } from '../terminal/table.ts'

export interface TokensOptions {
  readonly account?: string
  readonly lifetime?: string
}

/** `chaveiro tokens`: what a provider lists of the tokens that it has issued. */
export async function tokens(
  session: Session,
  action: string,
  provider: string,
  id: string | undefined,
  { account: name, lifetime }: TokensOptions,
): Promise<undefined> {
  const { messages } = session.texts
  if (!['list', 'revoke', 'create'].includes(action) || (action === 'revoke') !== (id !== undefined)) {
    throw new Failure(EXIT.usage, 'usage', messages.tokensUsage)
  }
  const lifetimeMs = lifetime === undefined ? undefined : parseLifetime('--lifetime', lifetime, session)
  await withAccount(session, { provider, name }, async (open) => {
    const issued = open.provider.tokensOf?.(open.client)
    if (issued === undefined) throw new Failure(EXIT.usage, 'usage', messages.listsNoTokens(open.facts.title))
    try {
      if (id !== undefined) await revoke(session, issued, id)
      else await (action === 'list' ? list(session, issued) : create(session, issued, lifetimeMs))
    } finally {
      await issued.close()
    }
  })
}

/** Providers answer alike for a mistyped id and a dead token, so a mistyped id must not look like a success. */
async function revoke(session: Session, issued: IssuedTokens, id: string): Promise<void> {
  const listed = await issued.list()
  if (!listed.some((token) => token.id === id)) {
    throw new Failure(EXIT.usage, 'no-such-token', session.texts.messages.noToken(id))
  }
  await issued.revoke(id)
  if (session.json) printJson(session, { revoked: id })
  else say(session, session.texts.messages.tokenRevoked(id))
}

async function create(session: Session, issued: IssuedTokens, lifetimeMs: number | undefined): Promise<void> {
  const { token, id: newId = null, expiresAt } = await issued.create({ lifetimeMs })
  if (session.json) return printJson(session, { token, id: newId, expiresAt: isoDate(expiresAt) })
  session.stdout.write(`${token}\n`)
  say(session, session.texts.messages.tokenCreated(newId, isoDate(expiresAt)))
}

async function list(session: Session, issued: IssuedTokens): Promise<void> {
  const all = await issued.list()
  if (session.json) {
    return printJson(
      session,
      all.map(({ id, expiresAt, current }) => ({ id, expiresAt: isoDate(expiresAt), current })),
    )
  }
  const { texts, stdout, env } = session
  const rows = all.map(({ id, expiresAt, current }) => [
    id,
    expiresAt === undefined ? NOTHING : formatDate(expiresAt, texts.language),
    current ? texts.messages.currentToken : '',
  ])
  const titles = texts.messages.tokenTitles
  for (const line of table({ titles, rows, dim: (title) => title }, widthOf(stdout, env))) stdout.write(`${line}\n`)
}
