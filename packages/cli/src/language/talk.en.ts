import type { ErrorCode } from '@chaveiro/core'
import type { AccountState } from '../accounts/report-accounts.ts'

type Remedies = Readonly<Partial<Record<ErrorCode, (provider: string) => string>>>
type Usage = Readonly<Record<string, (subject: string) => string>>

/** What the command says while it works, in English. Every other language has the same keys. */
export const talk = {
  interrupted: 'Interrupted.',
  finishing: 'Finishing the token call that is under way, so that nothing is lost. Ctrl-C again ends it at once.',
  usage: {
    'commander.help': (): string => 'Say which command. See: chaveiro --help',
    'commander.unknownCommand': (name: string): string => `There is no command «${name}». See: chaveiro --help`,
    'commander.unknownOption': (name: string): string => `There is no option ${name} here.`,
    'commander.missingArgument': (name: string): string => `The argument <${name}> is missing.`,
    'commander.optionMissingArgument': (name: string): string => `The option ${name} needs a value.`,
    'commander.excessArguments': (name: string): string => `There are too many arguments for ${name}.`,
    'commander.invalidArgument': (name: string): string => `The value of ${name} is not one that is allowed.`,
    didYouMean: (name: string): string => `Did you mean ${name}?`,
  } as Usage & { didYouMean(name: string): string },
  remedies: {
    'credentials-rejected': (provider: string): string =>
      `Check the inputs, then sign in again: chaveiro login ${provider}`,
    'reauthorization-required': (provider: string): string => `Sign in again: chaveiro login ${provider}`,
    unavailable: (): string => 'Try again later. Is it your network? chaveiro doctor looks at it.',
    timeout: (): string => 'Try again later, or with more patience: --timeout 60s.',
    store: (): string => 'chaveiro doctor looks at folders, permissions and keys.',
  } as Remedies,
  retryIn: (seconds: number): string => `Not before ${seconds} s from now.`,
  systemTrouble: ({ code, path }: { code: string; path: string }): string =>
    `The system refused access to a file: ${code}${path === '' ? '' : `, ${path}`}. chaveiro doctor looks at folders and permissions.`,
  badName: (option: string, name: string): string =>
    `${option} «${name}» is no name: it begins with a letter or a digit, and has at most 64 letters, digits or . _ @ + -`,
  badDuration: (option: string, text: string): string =>
    `${option} «${text}» is no length of time. Write it as in 500ms, 30s, 10m, 2h or 30d.`,
  badProxy: 'The proxy in HTTPS_PROXY is not a URL that begins with http:// or https://.',
  noProvider: (id: string, ids: readonly string[]): string =>
    `There is no provider «${id}». There are: ${ids.join(', ')}.`,
  noShell: (shell: string, shells: readonly string[]): string =>
    `There is no script for «${shell}». There are: ${shells.join(', ')}.`,
  noServer: (title: string, server: string, names: readonly string[]): string =>
    `${title} has no server «${server}». Pass one of ${names.join(', ')}, or a URL that begins with https://.`,
  whichServer: (title: string, lines: readonly string[]): string =>
    `Say which server of ${title}, because that is where the secrets go:\n${lines.join('\n')}\n  --server https://…`,
  serverQuestion: (title: string): string => `Which server of ${title}?`,
  otherServer: 'another one',
  inputsMissing: (title: string, lines: string): string =>
    `${title} needs these. Set them in the environment, or pass --from-file:\n${lines}`,
  or: 'or',
  ways: 'sign in with one of',
  wayQuestion: (title: string): string => `With what do you sign in at ${title}?`,
  severalWays: (names: readonly string[]): string =>
    `${names.join(' and ')} are different ways to sign in. Give one of them, and leave the others out.`,
  tokenRefused: (title: string, status: number): string =>
    `${title} does not take this token (answer ${status}). Nothing was kept. Is it whole, still valid, and of this server?`,
  fromVariable: (name: string, variable: string): string => `${name}: from ${variable}`,
  unknownInput: (name: string, known: readonly string[]): string =>
    `The file has «${name}», which is no input. There are: ${known.join(', ')}.`,
  badJson: (path: string): string => `${path === '-' ? 'stdin' : path} begins like JSON and is none.`,
  fileUnreadable: (path: string, code: string): string => `${path} cannot be read (${code}).`,
  cannotBeEmpty: 'This cannot be empty.',
  signedIn: (title: string, account: string, expiresAt: number | undefined): string =>
    `Signed in at ${title} as «${account}»: ${expiresAt === undefined ? 'the token is valid until it is refused.' : `the token is valid until ${new Date(expiresAt).toISOString()}.`}`,
  keyInKeychain: 'Inputs and token are sealed; the key is in the keychain of this system.',
  keyInEnvironment: 'Inputs and token are sealed with the key in CHAVEIRO_SEALING_KEY.',
  keyInFile: (path: string): string =>
    `Inputs and token are sealed. There is no keychain that can be used, so the key is in a file that only you may read:\n  ${path}`,
  keyVariableMissing: (variable: string): string =>
    `This profile is sealed with the key in ${variable}, and that variable is not set.`,
  keychainSilent:
    'The sealing key is in the keychain of this system, which is locked or cannot be reached from here. Unlock it, or use another profile: --profile name.',
  accountUnreadable:
    'The account is there, but none of the keys at hand opens it. Forget it with chaveiro logout, and sign in again.',
  notSignedIn: (provider: string, account: string | undefined): string =>
    `Nobody is signed in${provider === '' ? '' : ` at ${provider}`}${account === undefined ? '' : ` as «${account}»`}. Sign in first: chaveiro login ${provider}`,
  whichAccount: (provider: string, account: string | undefined, names: readonly string[]): string =>
    `${account === undefined ? `There are several accounts of ${provider}.` : `There is no account «${account}» of ${provider}.`} Pass --account with one of: ${names.join(', ')}.`,
  signedOut: (provider: string, account: string): string => `Signed out: ${provider}, «${account}».`,
  forgotten: (provider: string, account: string): string =>
    `Forgotten: ${provider}, «${account}». Its token could not be opened or ended; it lives until it expires.`,
  logoutWhom: 'Say whom: chaveiro logout <provider> [--account name], or chaveiro logout --all.',
  servers: 'servers (--server)',
  inputs: 'inputs',
  secretInput: 'secret',
  optionalInput: 'optional',
  driverMissing: (name: string): string =>
    `This store needs the package ${name}, which is not installed. Install it beside chaveiro: npm install --global ${name}`,
  badStoreUrl: 'This is no URL of a store. It begins with redis://, rediss:// or postgres://.',
  storeUnreachable: (name: string, code: string): string =>
    `${name} cannot be reached${code}. Is it running, and is the URL right?`,
  storeUrlMissing: 'The URL of the store is gone. Set it again: chaveiro store url',
  noAnswer: (code: string, attempts: number): string =>
    `There was no answer (${code}) after ${attempts === 1 ? '1 attempt' : `${attempts} attempts`}. Is it your network? chaveiro doctor looks at it.`,
  bodyCut: 'The connection was cut while the answer was coming. What was printed is not all of it.',
  badRetries: (text: string): string => `--retries «${text}» is no number from 0 to 99.`,
  badTarget: 'Write it as [METHOD] /path, as in: chaveiro request bitize POST /vendors -d @vendor.json',
  foreignUrl: (provider: string, own: string, other: string): string =>
    `The token of ${provider} goes to ${own} only, not to ${other}. Write the path alone, or sign in at that server.`,
  demoServer: (server: string): string =>
    `--server «${server}» is for a real account: chaveiro demo <provider> --server ${server}`,
  badHeader: (name: string): string =>
    `The header ${name === '' ? '' : `«${name}» `}cannot be sent. Write it as -H "Name: value".`,
  badVariable: (name: string): string => `--env «${name}» is no name of a variable.`,
  cannotRun: (program: string, code: string): string => `${program} cannot be run (${code}).`,
  noAccounts: 'Nobody is signed in. Begin with: chaveiro providers',
  statusTitles: [
    'provider',
    'account',
    'state',
    'time left',
    'last refresh',
    'next attempt',
    'last failure',
  ] as readonly string[],
  states: {
    absent: 'no token yet',
    fresh: 'fresh',
    'in-window': 'refresh due',
    expired: 'expired',
    'reauthorization-required': 'sign in again',
    'credentials-rejected': 'inputs refused',
    misconfigured: 'misconfigured',
    unreadable: 'unreadable',
  } as Readonly<Record<AccountState, string>>,
  ago: (duration: string): string => `${duration} ago`,
  ahead: (duration: string): string => `in ${duration}`,
  badStoreKind: 'Write it as: chaveiro store, chaveiro store file, or chaveiro store url.',
  storeUrlWanted: (variable: string): string => `Set ${variable}, or pass --from-file with the URL of the store.`,
  storeUrlQuestion: 'URL of the store (redis://, rediss:// or postgres://)',
  storeIs: (profile: string, store: string): string => `Profile «${profile}» keeps its tokens in: ${store}`,
  storeMoved: 'The new place works. Tokens are obtained anew there when they are next asked for.',
  badPort: (text: string): string => `--port «${text}» is no port: a number from 0 to 65535.`,
  portTaken: (port: number, code: string): string =>
    `Port ${port} cannot be used (${code}). Choose another one with --port.`,
  simulating: 'Running until Ctrl-C.',
  tokensUsage:
    'Write it as: chaveiro tokens list <provider>, tokens create <provider>, or tokens revoke <provider> <id>.',
  listsNoTokens: (title: string): string => `${title} lists no tokens to this account.`,
  tokenTitles: ['id', 'expires', ''] as readonly string[],
  noToken: (id: string): string =>
    `There is no token ${id} in the list, so none was revoked. See: chaveiro tokens list`,
  currentToken: 'in use here',
  tokenRevoked: (id: string): string => `Revoked: ${id}.`,
  tokenCreated: (id: string | null, expiresAt: string | null): string =>
    `Created: ${id ?? 'without an id'}, valid until ${expiresAt ?? 'it is refused'}. It is not shown again, and not kept here.`,
  demo: {
    token: (expiresAt: string | null): string => `a token, valid until ${expiresAt ?? 'it is refused'}`,
    answered: (path: string, status: number): string => `GET ${path} was answered with ${status}`,
    newToken: (expiresAt: string | null): string =>
      `another one on demand, valid until ${expiresAt ?? 'it is refused'}`,
    promise: 'one line gives a valid token.',
    simulated: (title: string, origin: string): string => `${title}, simulated on ${origin}`,
    titles: ['what happens', 'requests', 'token calls', 'API calls', 'time', 'outcome'] as readonly string[],
    expected: (tokenCalls: string, apiCalls: number): string => `expected ${tokenCalls}, ${apiCalls} API calls`,
    total: (requests: string, tokenCalls: number): string => `${requests} requests, ${tokenCalls} token calls.`,
    nothingLost: 'Nothing was lost.',
    wentWrong: (wrong: number, all: number): string => `${wrong} of ${all} scenes went wrong.`,
  },
  doctor: {
    badServer: (text: string): string => `--server «${text}» is no URL that begins with https://.`,
    noServer: 'Nobody is signed in, so there is no server to look at. Name one: chaveiro doctor --server https://…',
    writable: (path: string): string => `${path} can be written to`,
    willBeCreated: (path: string): string => `${path} can be created`,
    notWritable: (path: string, code: string): string => `${path} cannot be written to (${code})`,
    makeWritable: (path: string): string =>
      `Make ${path} writable for you, or set HOME or XDG_CONFIG_HOME and XDG_DATA_HOME.`,
    openToOthers: (path: string, mode: string): string => `${path} is open to other users (mode ${mode})`,
    noProfile: (profile: string): string => `profile «${profile}» is empty: nobody has signed in`,
    opens: (provider: string, name: string, place: string): string => `opens ${provider}, «${name}» (key: ${place})`,
    signInAgain: 'Unlock the keychain or bring the key back; if it is lost: chaveiro logout, then chaveiro login.',
    storeAnswers: (store: string): string => `${store} answers`,
    mendStore: 'Start it, mend its URL with chaveiro store url, or go back to files with chaveiro store file.',
    noProxy: 'none (HTTPS_PROXY is not set)',
    proxyListens: (host: string): string => `${host} listens`,
    proxySilent: (host: string, code: string): string => `${host} does not answer (${code})`,
    mendProxy: 'Mend HTTPS_PROXY, unset it, or name the host in NO_PROXY.',
    dnsByProxy: (host: string): string => `${host} is looked up by the proxy`,
    resolves: (host: string, address: string): string => `${host} is ${address}`,
    resolvesNot: (host: string, code: string): string => `${host} cannot be looked up (${code})`,
    mendDns: 'Check the spelling of --server, the network, and /etc/resolv.conf; behind a proxy, set HTTPS_PROXY.',
    tlsTrusted: (origin: string): string => `${origin} has a certificate that is trusted`,
    plainLoopback: (origin: string): string => `${origin} is this machine, without TLS`,
    tlsUntrusted: (origin: string, code: string): string => `the certificate of ${origin} is not trusted (${code})`,
    mendTls:
      'If a proxy of your organisation opens TLS, set NODE_EXTRA_CA_CERTS to its certificate. Is the clock right?',
    unreachable: (origin: string, code: string): string => `${origin} cannot be reached (${code})`,
    mendNetwork: 'Is the network up, and does a firewall want a proxy? Then set HTTPS_PROXY.',
    clockUnknown: (origin: string): string => `${origin} does not tell the time`,
    clockRight: (origin: string): string => `agrees with ${origin}`,
    clockAhead: (amount: string, origin: string): string => `${amount} ahead of ${origin}`,
    clockBehind: (amount: string, origin: string): string => `${amount} behind ${origin}`,
    mendClock: 'Set the clock, and let it be kept: timedatectl set-ntp true, or the date settings of your system.',
  },
}

export type TalkTexts = typeof talk
