import { withAccount } from '../accounts/open-account.ts'
import { quoted } from '../accounts/shell-words.ts'
import { printJson, type Session } from '../session/session.ts'
import { isoDate } from '../session/times.ts'
import { getToken, type TokenOptions, tokenWish } from './token.ts'

/** `chaveiro env`: lines for a shell's `eval`, with a valid token and where it is good. */
export async function env(session: Session, provider: string, options: TokenOptions): Promise<undefined> {
  const wish = tokenWish(session, options)
  await withAccount(session, { provider, ...wish.choice }, async ({ client }) => {
    const token = await getToken(client, wish)
    const prefix = provider.replaceAll('-', '_').toUpperCase()
    const variables = Object.entries({
      [`${prefix}_TOKEN`]: token.reveal(),
      [`${prefix}_TOKEN_EXPIRES_AT`]: isoDate(token.expiresAt),
      [`${prefix}_BASE_URL`]: client.baseUrl,
    }).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
    if (session.json) printJson(session, Object.fromEntries(variables))
    else session.stdout.write(variables.map(([name, value]) => `export ${name}=${quoted(value)}\n`).join(''))
  })
}
