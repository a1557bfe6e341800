/** What the commands around the server say, in English. Every other language has the same keys. */
export const serve = {
  listening: (url: string, accounts: number): string =>
    `Serving ${accounts === 1 ? '1 account' : `${accounts} accounts`} at ${url}. Press Ctrl-C to stop.`,
  noKeys: (example: string): string => `No key opens this server yet. Make one: ${example}`,
  pathsAreLogged: 'The log has the paths of requests, and paths can hold personal data.',
  stopping: 'Stopping: waiting for running requests and pending tokens. Press Ctrl-C again to stop now.',
  demo: {
    title: (simulator: string, url: string): string =>
      `A simulated Bitize at ${simulator}\nchaveiro serve, for programs in any language, at ${url}`,
    doors: {
      proxy: 'The proxy, with a key that reads vendors. Its holder never sees a token.',
      token: 'The token door, with another key. Its holder sends its own requests.',
    } as Readonly<Record<'proxy' | 'token', string>>,
    time: (ms: number): string => `${ms} ms`,
    repeat: 'Do the same by hand: paste one of these into another terminal.',
    curl: { proxy: 'Through the proxy, with curl', token: 'A token, with curl' } as Readonly<
      Record<'proxy' | 'token', string>
    >,
    python: 'Through the proxy, with Python',
    log: 'The log follows, a line for each call. Nothing is saved. Press Ctrl-C to stop.',
    alone: (word: string): string => `--demo has an account, keys and a place of its own. Leave out ${word}.`,
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
    socketOrAddress: '--socket is a place of its own. Leave out --port, --address, --tls-cert and --tls-key.',
    onlyWithSocket: '--socket-mode and --socket-group work only together with --socket.',
    noSockets: 'This system has no sockets in its file system. Use --port.',
    badSocketMode: (text: string): string =>
      `--socket-mode "${text}" is not allowed. Use 0600, or 0660 with --socket-group; other users get no access.`,
    unknownGroup: (group: string): string => `There is no group "${group}". Use one of /etc/group, or its number.`,
    noFolder: (folder: string): string => `${folder} is not a folder. Create it with: mkdir -m 0700 ${folder}`,
    sharedFolder: (folder: string): string =>
      `${folder} belongs to another user, or others may write to it, so they could replace the socket. Use a folder of mode 0755 or less that is yours.`,
    pathTaken: (path: string): string =>
      `${path} exists and is not a socket of this user. Remove it, or choose another path.`,
    socketInUse: (path: string): string => `Another process listens on ${path}. Stop it, or choose another path.`,
    portTaken: (place: string): string => `Another program already uses ${place}. Stop it, or pass another --port.`,
    cannotListen: (place: string, code: string): string => `Can't listen on ${place} (${code}). Choose another place.`,
  },
  keys: {
    usage: 'Use chaveiro serve keys add <name>, serve keys list or serve keys revoke <name>.',
    added: (name: string): string =>
      `Key "${name}" was added. This is the only time that it is shown; running servers know it within 5 seconds.`,
    revoked: (name: string): string =>
      `Key "${name}" was revoked. Running servers refuse it within 5 seconds; requests that run already go on.`,
    cut: (name: string): string =>
      `Key "${name}" was revoked. Running servers refuse it and end its requests within 5 seconds.`,
    none: (place: string): string => `There are no keys in ${place}.`,
    titles: ['name', 'id', 'doors', 'allows', 'rate', 'ends', 'last use'] as readonly string[],
    ago: (duration: string): string => `${duration} ago`,
    ahead: (duration: string): string => `in ${duration}`,
    ended: 'ended',
    nameTaken: (name: string): string =>
      `There is a key "${name}" already. Choose another name, or revoke it first: chaveiro serve keys revoke ${name}`,
    noSuchKey: (name: string): string => `There is no key "${name}". See: chaveiro serve keys list`,
    allowMissing:
      "A key opens nothing without --allow. Pass the accounts that it is for, as in --allow 'bitize/* GET /vendors/**'.",
    badAllow: (text: string, fault: string): string => `--allow "${text}" can't be understood: ${fault}.`,
    allowFaults: {
      shape: 'write provider/account, then methods, then a path, with one space between them',
      account: 'it starts with provider/account, or with provider/* for all accounts of a provider',
      method: 'methods are in upper case with commas, as in GET,POST; CONNECT and TRACE are never allowed',
      path: 'a path starts with /; * is one whole segment, ** any number, and the others are written without escapes',
    } as Readonly<Record<'shape' | 'account' | 'method' | 'path', string>>,
    narrowToken: (text: string): string =>
      `--allow "${text}" limits methods or paths, and --door token gives out the token, with which any path can be called. Leave out one of them.`,
    unknownDoor: (door: string, doors: readonly string[]): string =>
      `There is no door "${door}". Use --door with one of: ${doors.join(', ')}.`,
    badRate: (text: string): string => `--rate "${text}" is not a rate. Use 10/s, 100/m or 1000/h.`,
    placeMissing:
      'Keys need a place that outlives the server. Pass --keys-file, or --store or --state, which keep tokens too.',
    fileMissing: (path: string): string =>
      `There is no file ${path}. Make one: chaveiro serve keys add <name> --keys-file ${path}`,
    fileUnreadable: (path: string, code: string): string => `Can't read the keys in ${path} (${code}).`,
    fileForeign: (path: string): string => `${path} belongs to another user, who could add keys. Make it yours.`,
    fileLoose: (path: string, mode: string): string =>
      `Other users have too much access to ${path} (mode ${mode}). Check that the keys in it are yours, then run: chmod 600 ${path}`,
    fileDamaged: (path: string): string =>
      `${path} is damaged or from a newer version. Restore it from a backup, or remove it and make new keys.`,
    fileLocked: (path: string): string =>
      `Another command is changing the keys. If none is running, remove ${path} and try again.`,
    recordUnreadable:
      'The keys in the shared store can’t be read. Check that CHAVEIRO_SEALING_KEY is the one that they were written with.',
  },
  keep: {
    written: (file: string, until: string | null): string =>
      `Wrote a token to ${file}${until === null ? '' : `, valid until ${until}`}.`,
    failed: (message: string, pause: string): string => `${message} The file stays as it is. Next attempt in ${pause}.`,
    hookFailed: (status: string): string => `The command of --on-change failed (${status}).`,
    fileNeeded: 'Pass --file with the path of the file to keep fresh.',
    badFile: (path: string, code: string): string => `Can't write ${path} (${code}).`,
  },
}

export type ServeTexts = typeof serve
