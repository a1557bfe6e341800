import type { Session } from '../session/session.ts'

/** The account that is meant where none is named. */
export const DEFAULT_ACCOUNT = 'default'

/** Which account a printed command is about. */
export interface CommandSubject {
  readonly provider: string
  readonly account?: string | undefined
  readonly server?: string | undefined
  readonly variables?: Readonly<Record<string, string>> | undefined
  readonly fromFile?: string | undefined
}

/** A command that works as it is printed, in this profile: `chaveiro login bitize --account shop --server production`. */
export function commandFor(session: Pick<Session, 'profile' | 'env'>, name: string, subject: CommandSubject): string {
  const { provider, account = DEFAULT_ACCOUNT, server, variables = {}, fromFile } = subject
  return [
    `chaveiro ${name} ${provider}`,
    ...(server === undefined ? [] : ['--server', quoted(server)]),
    ...Object.entries(variables).flatMap(([name, value]) => ['--tenant', quoted(`${name}=${value}`)]),
    ...(account === DEFAULT_ACCOUNT ? [] : ['--account', quoted(account)]),
    // What came through a pipe is gone.
    ...(fromFile === undefined || fromFile === '-' ? [] : ['--from-file', quoted(fromFile)]),
    ...profileWords(session),
  ].join(' ')
}

/** Nothing, where a command without the option means the same profile. */
export function profileWords({ profile, env }: Pick<Session, 'profile' | 'env'>): readonly string[] {
  const otherwise = env['CHAVEIRO_PROFILE'] || 'default'
  return profile === 'default' && otherwise === 'default' ? [] : ['--profile', quoted(profile)]
}

/** A word as a shell reads it back. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
