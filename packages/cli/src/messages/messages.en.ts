import type { ErrorCode, TokenStatus } from '@chaveiro/core'
import { formatDate, formatNumber } from './language.ts'

type Remedies = Readonly<Partial<Record<ErrorCode, (login: string) => string>>>
type Usage = Readonly<Record<string, (subject: string) => string>>

/** What the command says while it works, in English. Every other language has the same keys. */
export const messages = {
  interrupted: 'Interrupted.',
  finishing: 'Waiting for the token call in progress, so that its token is not lost. Press Ctrl-C again to stop now.',
  usage: {
    'commander.help': (): string => 'Choose a command. See: chaveiro --help',
    'commander.unknownCommand': (name: string): string => `Unknown command "${name}". See: chaveiro --help`,
    'commander.unknownOption': (name: string): string => `Unknown option ${name}.`,
    'commander.missingArgument': (name: string): string => `Missing argument <${name}>.`,
    'commander.optionMissingArgument': (name: string): string => `The option ${name} needs a value.`,
    'commander.excessArguments': (name: string): string => `Too many arguments for ${name}.`,
    'commander.invalidArgument': (name: string): string => `The value of ${name} is not allowed.`,
    didYouMean: (name: string): string => `Did you mean ${name}?`,
  } as Usage & { didYouMean(name: string): string },
  // `login` is the command that signs in to the account.
  remedies: {
    'credentials-rejected': (login: string): string => `Check the inputs and sign in again: ${login}`,
    'reauthorization-required': (login: string): string => `Sign in again: ${login}`,
    unavailable: (): string => 'Try again later. To check your network, run: chaveiro doctor',
    timeout: (): string => 'Try again later, or allow more time with --timeout 60s.',
    store: (): string => 'To check folders, permissions and keys, run: chaveiro doctor',
  } as Remedies,
  retryIn: (duration: string): string => `The next attempt is possible in ${duration}.`,
  systemTrouble: ({ code, path }: { code: string; path: string }): string =>
    `The system denied access to ${path === '' ? 'a file' : path} (${code}). To check folders and permissions, run: chaveiro doctor`,
  badName: (option: string, name: string): string =>
    `${option} "${name}" is not a valid name. Start with a letter or digit, and use at most 64 letters, digits or . _ @ + -`,
  badDuration: (option: string, text: string): string =>
    `${option} "${text}" is not a valid duration. Use 500ms, 30s, 10m, 2h or 30d.`,
  badLifetime: (option: string, text: string): string => `${option} "${text}" is out of range. Use 1s to 36500d.`,
  didYouMean: (word: string): string => ` Did you mean ${word}?`,
  unknownShell: (shell: string, meant: string, shells: readonly string[]): string =>
    `No completion script for "${shell}".${meant} Available: ${shells.join(', ')}.`,
  unknownProvider: (id: string, meant: string, ids: readonly string[]): string =>
    `Unknown provider "${id}".${meant} Available: ${ids.join(', ')}.`,
  unknownServer: (title: string, server: string, meant: string, names: readonly string[]): string =>
    `${title} has no server "${server}".${meant} Use ${names.join(', ')} or a URL that starts with https://.`,
  whichServer: (title: string, lines: readonly string[]): string =>
    `Choose the ${title} server that your secrets may be sent to:\n${lines.join('\n')}\n  --server https://…`,
  serverQuestion: (title: string): string => `Which ${title} server?`,
  otherServer: 'another one',
  inputsMissing: (title: string, lines: string): string =>
    `${title} needs these inputs. Set them in the environment or pass --from-file:\n${lines}`,
  or: 'or',
  ways: 'sign in with one of',
  wayQuestion: (title: string): string => `How do you want to sign in to ${title}?`,
  severalWays: (names: readonly string[]): string =>
    `${names.join(' and ')} are different ways to sign in. Keep one and remove the others.`,
  tokenRefused: (title: string, status: number): string =>
    `${title} rejected this token with ${status}, so nothing was saved. Check that it is complete, still valid and from this server.`,
  fromVariable: (name: string, variable: string): string => `${name}: from ${variable}`,
  setTwice: (name: string, file: string): string => `${name} and ${file} are both set. Unset one of them.`,
  variablesMissing: (title: string, ways: readonly (readonly string[])[]): string =>
    `${title} needs ${ways.map((names) => names.join(' and ')).join(', or ')}. Set each variable to its value, or add _FILE to its name and set it to the path of a file with the value.`,
  checkVariables: (names: readonly string[]): string => `Check the values of ${names.join(' and ')}.`,
  noVariables:
    'No provider variables are set, so --from-env has no account to use. To list them, run: chaveiro providers',
  severalInVariables: (ids: readonly string[]): string =>
    `The variables of several providers are set. Choose a provider: ${ids.join(', ')}.`,
  secretFile: {
    named: (variable: string): string => `The file named in ${variable}`,
    unreadable: (variable: string, code: string): string =>
      `The file named in ${variable} can't be read (${code}). Set the variable to the path of a file, not to the value itself.`,
    notAFile: (variable: string): string =>
      `${variable} doesn't name a regular file. Set it to the path of a file that contains the value.`,
    tooLong: (variable: string, limit: number): string =>
      `The file named in ${variable} is longer than ${limit} KiB. It must contain only the value.`,
    empty: (variable: string): string => `The file named in ${variable} is empty. Write the value into it.`,
  },
  storeNeeded: (title: string): string =>
    `${title} may replace the refresh token when it renews a token, and the new one would be lost when this process ends. Pass --store URL (Redis or PostgreSQL) or --state FOLDER.`,
  storeOrState: '--store and --state are two places for the same tokens. Pass only one of them.',
  storeNeedsKey: (variable: string): string =>
    `Tokens in a shared store are encrypted, and the key is missing. Set ${variable} or ${variable}_FILE. To create a key, run: openssl rand -base64 32`,
  onlyFromEnv: (option: string): string => `${option} works only together with --from-env. Pass both, or neither.`,
  oneServer:
    '--server works with only one provider. For several, set a variable for each, as in BITIZE_SERVER=production.',
  cannotBeEmpty: 'Enter a value.',
  notOneLine: 'This contains a line break or a control character. Paste one line.',
  badServerUrl: 'Enter a URL that starts with https://, or with http:// on this machine.',
  deniedAskAgain: (title: string, names: readonly string[]): string =>
    `${title} denied these inputs. Enter ${names.join(' and ')} again, or press Ctrl-C to stop.`,
  signedIn: (title: string, account: string, expiresAt: number | undefined): string =>
    `Signed in to ${title} as "${account}". The token is valid ${until(expiresAt)}.`,
  consent: {
    opening: (title: string): string =>
      `Sign in to ${title} in your browser and agree. If the browser doesn't open, go to this address:`,
    openYourself: (title: string): string => `Open this address in a browser, sign in to ${title} and agree:`,
    elsewhere: (port: string): string =>
      `The browser returns to port ${port} of this machine. If it runs on another machine, forward that port with ssh -L ${port}:127.0.0.1:${port}, or sign in with --paste.`,
    typeThere: (userCode: string): string => `Type this code there: ${userCode}`,
    pasteQuestion: (title: string): string => `The address that ${title} redirected your browser to`,
    codeQuestion: (title: string): string => `The code that ${title} shows`,
    notTheAddress: 'This address has neither a code nor an error. Copy the whole address from the address bar.',
    tooLate: 'The browser did not return in time, so the account was not connected. Start again.',
    connected: (title: string): string => `${title} is connected. You can close this page.`,
    notConnected: 'The account was not connected. The terminal says why. You can close this page.',
    scopesNeeded: (title: string): string => `${title} requires scopes. Pass their names with --scopes.`,
    badRedirectUri: (text: string): string =>
      `"${text}" is not a redirect URI. Use the whole address that is registered at the provider.`,
    portOrRedirectUri: '--port and --redirect-uri both say where the browser returns to. Pass only one of them.',
    showsCodes: (title: string): string =>
      `${title} shows a code and doesn't redirect the browser. Leave out --paste, --port and --redirect-uri.`,
    asksNoPerson: (option: string, title: string): string =>
      `${option} is for providers that need a person's consent, and ${title} doesn't. Leave it out.`,
    redirectUriTaken: (uri: string, provider: string, account: string): string =>
      `${uri} is already the redirect URI of ${provider}, account "${account}". Register another one, because with the same one, either provider could receive the other's codes.`,
  },
  keyInKeychain: 'Your inputs and the token are encrypted, and the key is in the system keychain.',
  keyInEnvironment: 'Your inputs and the token are encrypted with the key in CHAVEIRO_SEALING_KEY.',
  keyInFile: (path: string): string =>
    `Your inputs and the token are encrypted. No system keychain is available, so the key is in a file that only you can read:\n  ${path}`,
  keyVariableMissing: (variable: string): string =>
    `This profile is encrypted with the key in ${variable}, which is not set. Set it and try again.`,
  keychainSilent:
    'The key of this profile is in the system keychain, which is locked or unavailable. Unlock it, or use another profile with --profile name.',
  whichAccount: (provider: string, names: readonly string[]): string =>
    `There are several ${provider} accounts. Pass --account with one of: ${names.join(', ')}.`,
  chooseAccount: (commands: readonly string[]): string =>
    `Choose one of your accounts:\n${commands.map((line) => `  ${line}`).join('\n')}`,
  unknownAccount: (provider: string, account: string, meant: string, names: readonly string[]): string =>
    `There is no ${provider} account "${account}".${meant} Pass --account with one of: ${names.join(', ')}.`,
  notSignedIn: (provider: string, account: string | undefined, login: string): string =>
    `Not signed in to ${provider}${account === undefined ? '' : ` as "${account}"`}. Sign in first: ${login}`,
  nothingToSignOut: (provider: string, account: string | undefined): string =>
    `Not signed in to ${provider}${account === undefined ? '' : ` as "${account}"`}, so there is nothing to sign out of.`,
  signedOut: (provider: string, account: string): string => `Signed out of ${provider}, account "${account}".`,
  forgotten: (provider: string, account: string): string =>
    `Removed ${provider}, account "${account}". Its token could not be revoked and stays valid until it expires.`,
  accountUnreadable: (logout: string): string =>
    `None of the available keys can decrypt this account. Restore the key, or remove the account and sign in again: ${logout}`,
  servers: 'servers (--server)',
  inputs: 'inputs',
  secretInput: 'secret',
  optionalInput: 'optional',
  driverMissing: (name: string): string =>
    `This store needs the package ${name}, which is not installed. Install it: npm install --global ${name}`,
  badStoreUrl: 'This is not a store URL. Use one that starts with redis://, rediss:// or postgres://.',
  storeUnreachable: (name: string, code: string): string =>
    `Can't reach ${name}${code}. Check that it is running and that the URL is right.`,
  storeUrlMissing: 'The URL of the store is missing. Set it again: chaveiro store url',
  noAnswer: (code: string, attempts: number): string =>
    `No answer after ${attempts === 1 ? '1 attempt' : `${attempts} attempts`} (${code}). To check your network, run: chaveiro doctor`,
  bodyCut: 'The connection dropped during the response, so the output is incomplete.',
  badRetries: (text: string): string => `--retries "${text}" is not a number from 0 to 99.`,
  badTarget: 'Use [METHOD] /path, for example: chaveiro request bitize POST /vendors -d @vendor.json',
  foreignUrl: (provider: string, own: string, other: string): string =>
    `The ${provider} token is only sent to ${own}, not to ${other}. Pass only the path, or sign in to that server.`,
  demoServer: (server: string): string =>
    `--server "${server}" needs a real account: chaveiro demo <provider> --server ${server}`,
  badHeader: (name: string): string =>
    `The header ${name === '' ? '' : `"${name}" `}can't be sent. Use -H "Name: value".`,
  badVariable: (name: string): string => `--env "${name}" is not a valid variable name.`,
  cannotRun: (program: string, code: string): string => `Can't run ${program} (${code}).`,
  noAccounts: 'You are not signed in to any account. Start with: chaveiro providers',
  statusTitles: [
    'provider',
    'account',
    'state',
    'time left',
    'last refresh',
    'next attempt',
    'last failure',
  ] as readonly string[],
  refreshTokenTitle: 'refresh token expires',
  states: {
    absent: 'no token yet',
    fresh: 'valid',
    'in-window': 'refresh due',
    expired: 'expired',
    'reauthorization-required': 'sign in again',
    'credentials-rejected': 'inputs denied',
    misconfigured: 'misconfigured',
    unreadable: 'unreadable',
  } as Readonly<Record<TokenStatus['state'] | 'unreadable', string>>,
  ago: (duration: string): string => `${duration} ago`,
  ahead: (duration: string): string => `in ${duration}`,
  badStoreKind: 'Use chaveiro store, chaveiro store file or chaveiro store url.',
  storeUrlWanted: (variable: string): string => `Set ${variable}, or pass --from-file with the URL of the store.`,
  storeUrlQuestion: 'URL of the store (redis://, rediss:// or postgres://)',
  storeIs: (profile: string, store: string): string => `Profile "${profile}" keeps its tokens in: ${store}`,
  storeMoved: 'The new store works. Each account gets a new token there when it needs one.',
  badPort: (text: string): string => `--port "${text}" is not a port number from 0 to 65535.`,
  portTaken: (port: number, code: string): string =>
    `Can't use port ${port} (${code}). Choose another one with --port.`,
  simulating: 'Running. Press Ctrl-C to stop.',
  simulatedCertificate: [
    'The .pem file contains a certificate and its key, created for this run. Ctrl-C deletes it.',
    'Over http it is read but not presented.',
  ] as readonly string[],
  tokensUsage: 'Use chaveiro tokens list <provider>, tokens create <provider> or tokens revoke <provider> <id>.',
  listsNoTokens: (title: string): string => `${title} doesn't list tokens for this account.`,
  tokenTitles: ['id', 'expires', ''] as readonly string[],
  noToken: (id: string): string =>
    `The list has no token ${id}, so nothing was revoked. See: chaveiro tokens list <provider>`,
  currentToken: 'in use here',
  tokenRevoked: (id: string): string => `Revoked token ${id}.`,
  tokenCreated: (id: string | null, expiresAt: string | null): string =>
    `Created ${id === null ? 'a token' : `token ${id}`}, valid ${until(expiresAt)}. It isn't saved here and won't be shown again.`,
  keptAlive: {
    kept: (provider: string, account: string, end: string | null): string =>
      `${provider}, account "${account}": used. The refresh token is now valid ${until(end)}.`,
    ending: (provider: string, account: string, end: string | null): string =>
      `${provider}, account "${account}": the refresh token is valid ${until(end)}, and using it doesn't extend that.`,
    failed: (provider: string, account: string, code: string): string =>
      `${provider}, account "${account}": the refresh token could not be used (${code}).`,
    signIn: (login: string): string => `Sign in again: ${login}`,
  },
  demo: {
    token: (expiresAt: string | null): string => `a token, valid ${until(expiresAt)}`,
    answered: (path: string, status: number): string => `GET ${path} returned ${status}`,
    newToken: (expiresAt: string | null): string => `a new token on demand, valid ${until(expiresAt)}`,
    promise: 'one line gives you a valid token.',
    simulated: (title: string, origin: string): string => `${title}, simulated on ${origin}`,
    titles: {
      title: 'what happens',
      requests: 'requests',
      tokenCalls: 'token calls',
      tokenCallCount: 'token\ncalls',
      apiCalls: 'API\ncalls',
      time: 'time',
      outcome: 'outcome',
    },
    expected: (tokenCalls: string, apiCalls: number): string =>
      `expected ${tokenCalls}, ${formatNumber(apiCalls, 'en')} API calls`,
    total: (requests: string, tokenCalls: string): string => `${requests} requests, ${tokenCalls} token calls.`,
    nothingLost: 'Nothing was lost.',
    wentWrong: (wrong: number, all: number): string => `${wrong} of ${all} scenes failed.`,
  },
  doctor: {
    badServer: (text: string): string => `--server "${text}" is not a URL that starts with https://.`,
    noServer: 'You are not signed in, so no server was checked. To check one: chaveiro doctor --server https://…',
    writable: (path: string): string => `${path} is writable`,
    willBeCreated: (path: string): string => `${path} can be created`,
    notWritable: (path: string, code: string): string => `${path} is not writable (${code})`,
    makeWritable: (path: string): string =>
      `Give yourself write access to ${path}, or set HOME or XDG_CONFIG_HOME and XDG_DATA_HOME.`,
    openToOthers: (path: string, mode: string): string => `other users can access ${path} (mode ${mode})`,
    noProfile: (profile: string): string => `profile "${profile}" has no accounts yet`,
    machine: 'This machine',
    account: (provider: string, name: string): string => `${provider}, account "${name}"`,
    profileOpens: (profile: string, accounts: number): string =>
      `profile "${profile}" has ${accounts === 1 ? '1 account' : `${formatNumber(accounts, 'en')} accounts`}`,
    fixProfile: (profile: string): string =>
      `Repair the file named here. If you can't, remove it and sign in again, or replace profile "${profile}" with another one: --profile name`,
    decrypts: (place: string): string => `decrypts the inputs (key: ${place})`,
    expiresIn: (duration: string): string => `expires in ${duration}`,
    failed: (code: string, ago: string): string => `last failure ${code} ${ago}`,
    nextAttempt: (ahead: string): string => `next attempt ${ahead}`,
    refreshTokenLives: (left: string, keepAlive: string): string =>
      `the refresh token expires in ${left}, unless ${keepAlive} uses it first`,
    refreshTokenEnded: 'the refresh token has expired',
    keepAlive: (keepAlive: string, login: string): string =>
      `Run this now: ${keepAlive}. If that doesn't extend it, sign in again: ${login}`,
    fixToken: (login: string): string => `Check the inputs and sign in again: ${login}`,
    allFine: 'No problems found.',
    problems: (count: number, checks: readonly string[]): string =>
      `${count === 1 ? '1 problem' : `${count} problems`} found: ${checks.join(', ')}.`,
    restoreKey: 'Unlock the keychain or restore the key. If it is lost, run chaveiro logout --all and sign in again.',
    signInAgain: (logout: string, login: string): string =>
      `Unlock the keychain or restore the key. If the key is lost, run ${logout} and then ${login}`,
    storeAnswers: (store: string): string => `${store} answers`,
    fixStore: 'Start it, correct its URL with chaveiro store url, or go back to files with chaveiro store file.',
    noProxy: 'none (HTTPS_PROXY is not set)',
    proxyListens: (host: string): string => `${host} accepts connections`,
    proxySilent: (host: string, code: string): string => `${host} doesn't answer (${code})`,
    fixProxy: 'Correct HTTPS_PROXY or unset it, or add the host to NO_PROXY.',
    dnsByProxy: (host: string): string => `the proxy resolves ${host}`,
    resolves: (host: string, address: string): string => `${host} resolves to ${address}`,
    resolvesNot: (host: string, code: string): string => `${host} doesn't resolve (${code})`,
    fixDns: 'Check the spelling of --server, your network and /etc/resolv.conf. Behind a proxy, set HTTPS_PROXY.',
    tlsTrusted: (origin: string): string => `the certificate of ${origin} is trusted`,
    plainLoopback: (origin: string): string => `${origin} is on this machine, without TLS`,
    tlsUntrusted: (origin: string, code: string): string => `the certificate of ${origin} is not trusted (${code})`,
    fixTls:
      "If your organisation's proxy inspects TLS, set NODE_EXTRA_CA_CERTS to its certificate. A wrong clock also causes this.",
    unreachable: (origin: string, code: string): string => `can't reach ${origin} (${code})`,
    fixNetwork: 'Check your network. If a firewall requires a proxy, set HTTPS_PROXY.',
    clockUnknown: (origin: string): string => `${origin} doesn't send the time`,
    clockRight: (origin: string): string => `agrees with ${origin}`,
    clockAhead: (amount: string, origin: string): string => `${amount} ahead of ${origin}`,
    clockBehind: (amount: string, origin: string): string => `${amount} behind ${origin}`,
    fixClock: 'Set the clock and keep it in sync: timedatectl set-ntp true, or the date settings of your system.',
  },
}

export type MessageTexts = typeof messages

function until(expiresAt: number | string | null | undefined): string {
  return expiresAt === undefined || expiresAt === null
    ? 'until the provider rejects it'
    : `until ${formatDate(expiresAt, 'en')}`
}
