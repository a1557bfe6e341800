import { formatNumber } from './language.ts'
/** What the commands around the server say, in English. Every other language has the same keys. */
export const serve = {
  listening: (url: string, accounts: number): string =>
    `Serving ${accounts === 1 ? '1 account' : `${formatNumber(accounts, 'en')} accounts`} at ${url}. Press Ctrl-C to stop.`,
  noKeys: (example: string): string => `This server has no keys yet. Create one: ${example}`,
  pathsAreLogged: 'The log includes the paths of requests, which can contain personal data.',
  stopping: 'Stopping: waiting for running requests and pending tokens. Press Ctrl-C again to stop now.',
  demo: {
    title: (simulator: string, url: string): string =>
      `A simulated Bitize at ${simulator}\nchaveiro serve, for programs in any language, at ${url}`,
    doors: {
      proxy: 'The proxy, with a key that reads vendors. Its holder never sees a token.',
      token: 'The token door, with another key. Its holder sends its own requests.',
    } as Readonly<Record<'proxy' | 'token', string>>,
    time: (ms: number): string => `${formatNumber(ms, 'en')} ms`,
    repeat: 'Do the same by hand: paste one of these into another terminal.',
    curl: { proxy: 'Through the proxy, with curl', token: 'A token, with curl' } as Readonly<
      Record<'proxy' | 'token', string>
    >,
    python: 'Through the proxy, with Python',
    log: 'The log follows, with a line for each call. Nothing is saved. Press Ctrl-C to stop.',
    alone: (word: string): string => `--demo uses its own account and keys. Leave out ${word}.`,
  },
  listen: {
    badPort: (text: string): string => `--port "${text}" is not a port number from 0 to 65535.`,
    badAddress: (text: string): string => `--address "${text}" is not an IP address. Use 127.0.0.1, ::1 or 0.0.0.0.`,
    badHost: (text: string): string =>
      `--host "${text}" is not a host name. Use a name without a port, as in --host chaveiro.internal.`,
    badMaxConnections: (text: string): string => `--max-connections "${text}" is not a number from 1 to 1,000,000.`,
    network: (address: string): string =>
      `${address} can be reached from other machines, and keys and tokens would cross the network in the clear. Pass --tls-cert and --tls-key, or --insecure-network if something else encrypts the connection.`,
    certAndKey: '--tls-cert and --tls-key belong together. Pass both.',
    tlsUnusable: (cert: string, key: string, code: string): string =>
      `${cert} and ${key} can't be used${code === '' ? '' : ` (${code})`}. Both must be readable PEM files, and the key must belong to the certificate.`,
    socketOrAddress: '--socket replaces the port. Leave out --port, --address, --tls-cert and --tls-key.',
    onlyWithSocket: '--socket-mode and --socket-group work only together with --socket.',
    noSockets: "This system doesn't support Unix sockets. Use --port.",
    badSocketMode: (text: string): string =>
      `--socket-mode "${text}" is not allowed. Use 0600, or 0660 with --socket-group; other users get no access.`,
    unknownGroup: (group: string): string =>
      `There is no group "${group}". Use a name from /etc/group, or a group's number.`,
    noFolder: (folder: string): string => `${folder} is not a folder. Create it with: mkdir -m 0700 ${folder}`,
    sharedFolder: (folder: string): string =>
      `${folder} belongs to another user, or others may write to it, so they could replace the socket. Use a folder of your own with mode 0755 or stricter.`,
    pathTaken: (path: string): string =>
      `${path} exists and is not a socket of this user. Remove it, or choose another path.`,
    socketInUse: (path: string): string => `Another process is listening on ${path}. Stop it, or choose another path.`,
    portTaken: (place: string): string => `Another program already uses ${place}. Stop it, or pass another --port.`,
    cannotListen: (place: string, code: string): string =>
      `Can't listen on ${place} (${code}). Choose another address.`,
  },
  keys: {
    usage: 'Use chaveiro serve keys add <name>, serve keys list or serve keys revoke <name>.',
    added: (name: string): string =>
      `Key "${name}" was added. It is shown only this once; running servers accept it within 5 seconds.`,
    revoked: (name: string): string =>
      `Key "${name}" was revoked. Running servers refuse it within 5 seconds; requests in progress continue.`,
    cut: (name: string): string =>
      `Key "${name}" was revoked. Running servers refuse it and end its requests within 5 seconds.`,
    none: (place: string): string => `There are no keys in ${place}.`,
    titles: ['name', 'id', 'doors', 'allows', 'rate', 'expires', 'last use'] as readonly string[],
    ago: (duration: string): string => `${duration} ago`,
    ahead: (duration: string): string => `in ${duration}`,
    ended: 'expired',
    nameTaken: (name: string): string =>
      `There is a key "${name}" already. Choose another name, or revoke it first: chaveiro serve keys revoke ${name}`,
    noSuchKey: (name: string): string => `There is no key "${name}". See: chaveiro serve keys list`,
    allowMissing:
      "Without --allow, a key allows nothing. Pass the accounts that it is for, as in --allow 'bitize/* GET /vendors/**'.",
    badAllow: (text: string, fault: string): string => `--allow "${text}" can't be understood: ${fault}.`,
    allowFaults: {
      shape: 'write provider/account, then methods, then a path, with one space between them',
      account: 'start with provider/account, or with provider/* for all accounts of a provider',
      method: 'write methods in upper case, separated by commas, as in GET,POST; CONNECT and TRACE are never allowed',
      path: 'a path starts with /; * is one whole segment, ** any number of them; write the others without escapes',
    } as Readonly<Record<'shape' | 'account' | 'method' | 'path', string>>,
    narrowToken: (text: string): string =>
      `--allow "${text}" limits methods or paths, but --door token hands out the token, which works for any path. Leave out one of them.`,
    unknownDoor: (door: string, doors: readonly string[]): string =>
      `There is no door "${door}". Use --door with one of: ${doors.join(', ')}.`,
    badRate: (text: string): string => `--rate "${text}" is not a rate. Use 10/s, 100/m or 1000/h.`,
    placeMissing:
      'Keys must be kept somewhere that outlives the server. Pass --keys-file, or --store or --state, which also keep tokens.',
    fileMissing: (path: string): string =>
      `There is no file ${path}. Create it: chaveiro serve keys add <name> --keys-file ${path}`,
    fileUnreadable: (path: string, code: string): string => `Can't read the keys in ${path} (${code}).`,
    fileForeign: (path: string): string =>
      `${path} belongs to another user, who could add keys. Change its owner to your user.`,
    fileLoose: (path: string, mode: string): string =>
      `Other users have too much access to ${path} (mode ${mode}). Check that the keys in it are yours, then run: chmod 600 ${path}`,
    fileDamaged: (path: string): string =>
      `${path} is damaged or from a newer version. Restore it from a backup, or remove it and create new keys.`,
    fileLocked: (path: string): string =>
      `Another command is changing the keys. If none is running, remove ${path} and try again.`,
    recordUnreadable:
      'The keys in the shared store can’t be read. Check that CHAVEIRO_SEALING_KEY is the key they were written with.',
  },
  keep: {
    written: (file: string, until: string | null): string =>
      `Wrote a token to ${file}${until === null ? '' : `, valid until ${until}`}.`,
    failed: (message: string, pause: string): string => `${message} The file is unchanged. Next attempt in ${pause}.`,
    hookFailed: (status: string): string => `The --on-change command failed (${status}).`,
    fileNeeded: 'Pass --file with the path of the file to keep up to date.',
    badFile: (path: string, code: string): string => `Can't write ${path} (${code}).`,
  },
}

export type ServeTexts = typeof serve
