import { formatDate } from './language.ts'

/** What the command says about where an account is and what it presents there. Every other language has the same keys. */
export const connection = {
  tenant: {
    parts: 'variable parts of the server (--tenant)',
    hasNone: (title: string): string => `${title} has no separate host for each tenant. Leave out --tenant.`,
    unnamed: (names: readonly string[]): string =>
      `--tenant needs a name: ${names.map((name) => `--tenant ${name}=…`).join(' ')}.`,
    unknown: (title: string, name: string, meant: string, names: readonly string[]): string =>
      `The servers of ${title} have no variable part "${name}".${meant} Available: ${names.join(', ')}.`,
    bad: (name: string, value: string, pattern: string, description: string): string =>
      `"${value}" can't be used for ${name} in the server's address. It must match ${pattern}. ${description}`,
    missing: (title: string, lines: readonly string[]): string =>
      `The address of a ${title} server contains a part that is specific to you. Pass it, or set the variable:\n${lines.join('\n')}`,
  },
  certificate: {
    path: 'Path of the file (PEM, .p12 or .pfx)',
    key: 'The path of its private key, if that is in a separate file.',
    passphrase: 'The passphrase of its private key or .p12 file.',
    keyMissing: (path: string, input: string): string =>
      `${path} contains a certificate but no private key. Set ${input} to the file with the key.`,
    check: (inputs: readonly string[]): string => `Check the values of ${inputs.join(', ')}.`,
    ends: (date: number, days: number): string =>
      `the client certificate is valid until ${formatDate(date, 'en')}, ${days === 1 ? '1 more day' : `${days} more days`}`,
    ended: (date: number): string => `the client certificate expired on ${formatDate(date, 'en')}`,
    opens: 'the client certificate and its key can be read',
    renew: (paths: readonly string[]): string =>
      `Renew it, and put the new one in the same place: ${paths.join(' and ')}. Nothing else is needed.`,
    fix: (login: string): string => `Correct the file, or sign in again with another one: ${login}`,
    refused: (origin: string, code: string): string =>
      `${origin} asks for a client certificate and refused this one (${code})`,
    fixRefused: 'Sign in with a certificate that this server accepts. Test and production usually need different ones.',
  },
  warnings: (count: number, checks: readonly string[]): string =>
    `${count === 1 ? '1 warning' : `${count} warnings`}: ${checks.join(', ')}.`,
}

export type ConnectionTexts = typeof connection
