import { formatDate } from './language.ts'

/** What the command says about where an account is and what it presents there. Every other language has the same keys. */
export const connection = {
  tenant: {
    parts: 'part of the server (--tenant)',
    hasNone: (title: string): string => `${title} has no host for each tenant. Leave out --tenant.`,
    unnamed: (names: readonly string[]): string =>
      `--tenant needs a name: ${names.map((name) => `--tenant ${name}=…`).join(' ')}.`,
    unknown: (title: string, name: string, meant: string, names: readonly string[]): string =>
      `The servers of ${title} have no part "${name}".${meant} Available: ${names.join(', ')}.`,
    bad: (name: string, value: string, pattern: string, description: string): string =>
      `"${value}" can't be ${name}, which is a part of the server's address. Use what matches ${pattern}. ${description}`,
    missing: (title: string, lines: readonly string[]): string =>
      `The address of a ${title} server has a part of your own. Pass it, or set the variable:\n${lines.join('\n')}`,
  },
  certificate: {
    path: 'Path of the file (PEM, .p12 or .pfx)',
    key: 'The path of its private key, where that is in another file.',
    passphrase: 'What opens its private key or its .p12 file.',
    keyMissing: (path: string, input: string): string =>
      `${path} has a certificate and no private key. Name the file with its key in ${input}.`,
    check: (inputs: readonly string[]): string => `Check the values of ${inputs.join(', ')}.`,
    ends: (date: number, days: number): string =>
      `the client certificate is valid until ${formatDate(date, 'en')}, ${days === 1 ? '1 more day' : `${days} more days`}`,
    ended: (date: number): string => `the client certificate ended on ${formatDate(date, 'en')}`,
    opens: 'the client certificate opens with its key',
    renew: (paths: readonly string[]): string =>
      `Renew it, and put the new one in its place: ${paths.join(' and ')}. Nothing else has to be done.`,
    fix: (login: string): string => `Correct the file, or sign in again with another one: ${login}`,
    refused: (origin: string, code: string): string =>
      `${origin} asks for a client certificate and refused what it got (${code})`,
    fixRefused: 'Sign in with a certificate that this server accepts. Test and production usually have one each.',
  },
  warnings: (count: number, checks: readonly string[]): string =>
    `${count === 1 ? '1 warning' : `${count} warnings`}: ${checks.join(', ')}.`,
}

export type ConnectionTexts = typeof connection
