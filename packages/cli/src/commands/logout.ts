import { severalAccounts } from '../accounts/find-account.ts'
import { forgetToken } from '../accounts/forget-token.ts'
import { openKeyring } from '../accounts/keyring.ts'
import { commandFor, DEFAULT_ACCOUNT, profileWords } from '../accounts/shell-words.ts'
import { findProvider } from '../providers/find-provider.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { printJson, type Session, say } from '../session/session.ts'

export interface LogoutOptions {
  readonly account?: string
  readonly all?: boolean
}

/** `chaveiro logout`: forgets inputs and token. Works also when the key is lost: then nothing can be revoked. */
export async function logout(session: Session, id: string | undefined, options: LogoutOptions): Promise<undefined> {
  const { texts } = session
  if (id !== undefined) findProvider(id, session)
  const keyring = await openKeyring(session)
  const known = (await keyring?.list()) ?? []
  if ((id === undefined) !== (options.all === true)) throw whom()
  const wanted = options.all ? known : known.filter(({ provider, name }) => provider === id && isWanted(name))
  if (id !== undefined && wanted.length === 0) throw notThere(id)
  const ended: { provider: string; account: string; tokenEnded: boolean }[] = []
  for (const { provider, name } of wanted) {
    const tokenEnded = await endToken(provider, name)
    await keyring?.remove(provider, name)
    await keyring?.journal.forget(provider, name)
    ended.push({ provider, account: name, tokenEnded })
    say(session, tokenEnded ? texts.messages.signedOut(provider, name) : texts.messages.forgotten(provider, name))
  }
  if (session.json) printJson(session, ended)

  function whom(): Failure {
    const commands = known.map(({ provider, name }) => commandFor(session, 'logout', { provider, account: name }))
    const all = ['chaveiro logout --all', ...profileWords(session)].join(' ')
    return new Failure(EXIT.usage, 'usage', texts.messages.chooseAccount([...commands, all]))
  }

  function notThere(provider: string): Failure {
    const names = known.filter((one) => one.provider === provider).map((one) => one.name)
    const sentence =
      names.length > 0
        ? severalAccounts(session, { provider, name: options.account }, names).message
        : texts.messages.nothingToSignOut(provider, options.account)
    return new Failure(EXIT.signIn, 'not-signed-in', sentence)
  }

  function isWanted(name: string): boolean {
    if (options.account !== undefined) return name === options.account
    return name === DEFAULT_ACCOUNT || known.filter(({ provider }) => provider === id).length === 1
  }

  async function endToken(provider: string, name: string): Promise<boolean> {
    try {
      const account = await keyring?.get(provider, name)
      const tokens = await keyring?.openTokens()
      if (account === undefined || tokens === undefined) return false
      try {
        await forgetToken(session, account, tokens.store)
        return true
      } finally {
        await tokens.close()
      }
    } catch {
      return false
    }
  }
}
