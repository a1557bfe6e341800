/** The help, in English. Every other language has the same keys. */
export const help = {
  titles: { usage: 'Usage:', arguments: 'Arguments:', options: 'Options:', commands: 'Commands:' },
  description: 'Valid access tokens for shells, scripts and people.',
  version: 'print the version',
  helpOption: 'print help',
  common: {
    json: 'print JSON on stdout, errors as JSON on stderr',
    lang: 'en or pt-BR (default: by LC_ALL, LC_MESSAGES, LANG)',
    profile: 'accounts and a store of their own (default: $CHAVEIRO_PROFILE, else "default")',
    account: 'which account of the provider (default: the only one, or "default")',
    provider: 'the provider: see `chaveiro providers`',
    minValidity: 'a token that is still valid for this long, as in 30s, 10m, 2h',
    timeout: 'how long one token call may take (default: 15s)',
  },
  providers: { description: 'What there is, what each needs, and where to get it.' },
  login: {
    description: 'Keep the inputs of an account, after one token call that proves them.',
    server: 'where the account lives: a name that `chaveiro providers` prints, or a URL',
    fromFile: 'read the inputs from a file, JSON or NAME=value lines; - is stdin',
    account: 'a name for the account (default: "default")',
    after: `
Inputs come from --from-file, else from the environment, else they are asked for; never from the command line, where
other users of the machine would see them.

Examples:
  chaveiro login bitize --server production
  chaveiro login bitize --server test --account shop --from-file inputs.json
  pass show bitize | chaveiro login bitize --server production --from-file -`,
  },
  token: {
    description: 'Print a valid token, and nothing else.',
    after: `
Examples:
  curl -H "Authorization: Bearer $(chaveiro token bitize)" https://api.bitize.com.br/vendors
  chaveiro token bitize --min-validity 10m --json`,
  },
  request: {
    description: 'Send an authenticated request: body to stdout, status to stderr.',
    words: 'the method (default: GET, with -d POST), then a path or a URL of the same server',
    data: 'the body: text, @file or @- for stdin',
    header: 'a header, "Name: value"; may be repeated',
    retries: 'how often to send again what may be sent again (default: 2)',
    timeout: 'how long to wait for the answer to begin (default: 2m)',
    verbose: 'show request, attempts and headers on stderr, secrets redacted',
    after: `
A body is JSON unless -H "Content-Type: …" says otherwise. Exit code: 0 for 2xx, 4 for 3xx and 4xx, 5 for 5xx.

Examples:
  chaveiro request bitize /vendors
  chaveiro request bitize POST /vendors -d @vendor.json
  chaveiro request genpag /api/sellers/42/orders -v`,
  },
  exec: {
    description: 'Run a command with the token in an environment variable.',
    json: "errors as JSON on stderr; stdout is the command's own",
    env: 'the variable (default: the provider in capitals and _TOKEN, as in BITIZE_TOKEN)',
    command: 'the command and its arguments, after --',
    after: `
The command's exit code is passed on, and so are signals.

Example:
  chaveiro exec bitize --env TOKEN -- sh -c 'curl -H "Authorization: Bearer $TOKEN" "$URL"'`,
  },
  status: {
    description: 'How the accounts stand: no secret, no network.',
    watch: 'go on, once a second, until Ctrl-C',
  },
  tokens: {
    description: 'Tokens that a provider lists: show, revoke or create them.',
    action: 'list, revoke or create',
    id: 'which token to revoke',
    lifetime: 'how long a created token is to live, as in 30d',
    after: `
Example:
  chaveiro tokens list assine-online`,
  },
  logout: {
    description: 'Forget an account, revoking its token where the provider can.',
    all: 'every account of the profile',
  },
  store: {
    description: 'Where the tokens of a profile are kept: show it, or choose another place.',
    kind: 'file, or url for Redis or PostgreSQL',
    fromFile: 'read the URL from a file; - is stdin (default: $CHAVEIRO_STORE_URL, else it is asked for)',
    after: `
The URL may hold a password, so it is no argument; it is kept sealed. Machines that share a store share the sealing key too:
set CHAVEIRO_SEALING_KEY on each of them before the first login.

Examples:
  chaveiro store
  CHAVEIRO_STORE_URL=rediss://… chaveiro store url --profile work
  chaveiro store file`,
  },
  doctor: {
    description: 'Look at clock, proxy, DNS, TLS and permissions, and name the remedy.',
    server: 'also look at this server (a URL), without sending it anything secret',
  },
  simulate: {
    description: 'Run the simulators on this machine and print what they accept.',
    providers: 'which providers (default: all)',
    port: 'the first port; further simulators take the next ones (default: any free ones)',
  },
  demo: {
    description: 'Show what a token source does: on a simulated provider, or on a real one.',
    provider: 'a real provider, with its inputs in the environment',
    server: 'the server of the real provider',
    after: `
Examples:
  chaveiro demo                             everything on this machine, no credentials needed
  chaveiro demo bitize --server test        with BITIZE_CONSUMER_KEY and BITIZE_SECRET_KEY in the environment`,
  },
  completion: {
    description: 'Print the completion script of a shell.',
    shell: 'bash, zsh, fish or powershell',
    after: `
Examples:
  source <(chaveiro completion bash)                                     in ~/.bashrc
  source <(chaveiro completion zsh)                                      in ~/.zshrc
  chaveiro completion fish > ~/.config/fish/completions/chaveiro.fish`,
  },
  help: { description: 'Print the help of a command.', command: 'which command (default: all of them)' },
  after: `
Exit codes: 0 done, 1 failed, 2 usage, 3 sign in, 4 refused (3xx, 4xx), 5 server error (5xx), 6 try later, 7 storage,
8 configuration, 130 Ctrl-C.

First steps:
  chaveiro providers
  chaveiro login bitize --server production
  chaveiro token bitize`,
}

export type HelpTexts = typeof help
