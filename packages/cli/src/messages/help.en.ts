/** The help, in English. Every other language has the same keys. */
export const help = {
  titles: { usage: 'Usage:', arguments: 'Arguments:', options: 'Options:', commands: 'Commands:' },
  description: 'Valid access tokens for shells, scripts and people.',
  version: 'print the version',
  helpOption: 'print this help',
  common: {
    json: 'print JSON on stdout, errors as JSON on stderr',
    lang: 'en or pt-BR (default: from LC_ALL, LC_MESSAGES, LANG)',
    profile: 'a separate set of accounts with its own store (default: $CHAVEIRO_PROFILE or "default")',
    account: 'the account to use (default: the only one, or "default")',
    provider: 'the provider, as listed by `chaveiro providers`',
    minValidity: 'how long the token must still be valid, such as 30s, 10m or 2h',
    timeout: 'time limit for one token call (default: 15s)',
  },
  environment: {
    fromEnv: 'take the account from the variables that `chaveiro providers` lists, each as NAME or NAME_FILE',
    server: 'with --from-env: a name from `chaveiro providers`, or a URL (default: a variable such as $BITIZE_SERVER)',
    store:
      'with --from-env: keep tokens in Redis or PostgreSQL (default: $CHAVEIRO_STORE_URL, otherwise nothing is kept)',
    state: 'with --from-env: keep tokens in this folder',
  },
  providers: { description: 'List the providers, the inputs that each needs, and where to find them.' },
  login: {
    description: "Sign in to an account, with its inputs or with a person's consent in the browser.",
    server: 'the server of the account: a name from `chaveiro providers`, or a URL',
    tenant: "your own part of the server's address, such as shop=blue-door; repeatable",
    fromFile: 'read the inputs from a file with JSON or NAME=value lines; - is stdin',
    account: 'a name for the account (default: "default")',
    scopes: 'the scopes to request, such as orders,stock (default: as before)',
    port: 'the port that the browser returns to (default: a free one)',
    redirectUri:
      'the registered address that the browser returns to (default: a variable such as $ACME_REDIRECT_URI, otherwise this machine)',
    paste: 'paste the address that the browser ends up at, instead of waiting for it',
    after: `
Inputs come from --from-file, otherwise from the environment, otherwise from a prompt. They are never arguments, because other
users of the machine can see those.

If a person has to agree, a browser opens ($BROWSER, if set) and returns to
http://127.0.0.1:<port>/<provider>/<server>. Register that address at the provider. If the provider accepts https addresses
only, pass the one that you registered with --redirect-uri, and paste the address that the browser ends up at.

Examples:
  chaveiro login bitize --server production
  chaveiro login bitize --server test --account shop --from-file inputs.json
  pass show bitize | chaveiro login bitize --server production --from-file -`,
  },
  token: {
    description: 'Print a valid token and nothing else.',
    provider: 'the provider (default: the one of your only account)',
    after: `
Examples:
  curl -H "Authorization: Bearer $(chaveiro token bitize)" https://api.bitize.com.br/vendors
  chaveiro token bitize --min-validity 10m --json`,
  },
  request: {
    description: 'Send an authenticated request; print the body to stdout and the status to stderr.',
    words: 'a method (default: GET, or POST with -d), then a path or a URL on the same server',
    data: 'the body: text, @file, or @- for stdin',
    header: 'a header as "Name: value"; repeatable',
    retries: 'how often to resend a request that is safe to resend (default: 2)',
    timeout: 'how long to wait for the response to start (default: 2m)',
    include: 'print status and headers before the body, with secrets redacted',
    pick: 'print only the value at this JSON pointer, such as /data/0/id; text without quotes',
    verbose: 'print request, attempts and headers to stderr, with secrets redacted',
    after: `
The body is JSON unless you set -H "Content-Type: …". Exit code: 0 for 2xx, 4 for 3xx and 4xx, 5 for 5xx.

Examples:
  chaveiro request bitize /vendors
  chaveiro request bitize POST /vendors -d @vendor.json
  chaveiro request genpag /api/sellers/42/orders -v`,
  },
  exec: {
    description: 'Run a command with a token in an environment variable.',
    json: 'print errors as JSON on stderr; stdout belongs to the command',
    env: 'the variable (default: the provider followed by _TOKEN, such as BITIZE_TOKEN)',
    command: 'the command and its arguments, after --',
    after: `
chaveiro passes signals on to the command, and exits with its exit code.

Example:
  chaveiro exec bitize --env TOKEN -- sh -c 'curl -H "Authorization: Bearer $TOKEN" "$URL"'`,
  },
  status: {
    description: 'Show the state of every account, without secrets and without the network.',
    providers: 'the providers to show (default: all)',
    watch: 'update every second until Ctrl-C',
  },
  tokens: {
    description: 'List, revoke or create tokens at a provider that lists them.',
    action: 'list, revoke or create',
    id: 'the token to revoke',
    lifetime: 'the lifetime of a new token, such as 30d',
    after: `
Example:
  chaveiro tokens list assine-online`,
  },
  keepAlive: {
    description: 'Use refresh tokens before they expire unused. For cron.',
    within: 'those that expire within this time (default: 3d)',
    after: `
Reports only the accounts that it acts on. Exit code: 3 if a person must sign in again, because a refresh token expires
even if it is used, or no longer works; 6 if it is worth trying again later.

Example, daily at 4:
  0 4 * * * chaveiro keep-alive --within 3d`,
  },
  env: {
    description: "Print export lines with a valid token, for a shell's eval.",
    after: `
Example:
  eval "$(chaveiro env bitize)"
  curl -H "Authorization: Bearer $BITIZE_TOKEN" "$BITIZE_BASE_URL/vendors"`,
  },
  keep: {
    description: 'Keep a valid token in a file, until Ctrl-C.',
    json: 'write the file as JSON, like the token door of `chaveiro serve`; report as JSON on stdout',
    file: 'the file; replaced as a whole, and only you can read it',
    onChange: 'run this command line in a shell after each new token',
    after: `
The file gets a new token before the old one expires. The command exits with 3 or 8 if a person has to do something.

Example:
  chaveiro keep bitize --file /run/bitize/token --on-change 'systemctl reload import'`,
  },
  serve: {
    description: 'Serve tokens and authenticated requests over HTTP, to programs in any language, until Ctrl-C.',
    providers: 'the providers whose accounts are served (default: all)',
    port: 'the port (default: 8248; 0 is a free one)',
    address: 'the address to listen on (default: 127.0.0.1)',
    host: 'a name that callers may use instead of localhost; repeatable',
    socket: 'listen on a Unix socket at this path, instead of a port',
    socketMode: 'the mode of the socket (default: 0600)',
    socketGroup: 'the group of the socket, for --socket-mode 0660',
    tlsCert: 'a certificate with its chain, as PEM; read again when it changes',
    tlsKey: 'the key of the certificate, as PEM',
    insecureNetwork: 'listen beyond this machine without TLS, because something else encrypts the connection',
    maxConnections: 'how many connections may be open (default: 2048)',
    keysFile: 'read the keys from this file (default: where the tokens are kept)',
    logPaths: 'add the path of each request to the log; paths can hold personal data',
    metricsAccounts: 'name accounts in the metrics, in at most 1,000 series',
    demo: 'serve a simulated account, make a call through each door, and print how to repeat it',
    keys: {
      description: "Create, list and revoke a server's keys.",
      action: 'add, list or revoke',
      name: 'the name of the key',
      allow: 'what it allows: provider/account, then optional methods and a path; repeatable',
      door: 'what it opens: proxy, token or status; repeatable (default: proxy)',
      rate: 'how many requests each server process accepts, such as 10/s, 100/m or 1000/h',
      validFor: 'how long the key is valid, such as 12h or 90d (default: until it is revoked)',
      now: 'with revoke: also end running requests',
      keysFile: 'use the keys in this file',
      after: `
A key opens the proxy door: the server adds the token and sends the request. With --door token the caller gets the token
itself and can call any path, so --door token takes no methods or paths. --door status opens /metrics.

In a path, * is one segment and ** any number of segments. GET includes HEAD.

Examples:
  chaveiro serve keys add ci --allow 'bitize/* GET /vendors/**'
  chaveiro serve keys add import --allow genpag/default --door token --rate 10/s --valid-for 90d
  chaveiro serve keys revoke ci --now`,
    },
    after: `
By default, only this machine can connect; see --address. Each caller needs a key: see chaveiro serve keys --help.
  ANY /v1/proxy/<provider>/<account>/<path>   the provider's answer
  GET /v1/tokens/<provider>/<account>         a token, and which headers to send
  GET /v1/accounts, /v1/openapi.json
  GET /healthz, /readyz, /metrics

The log is on stdout, a line of JSON for each call. SIGTERM waits for running calls, 10 seconds at most.

Examples:
  chaveiro serve
  chaveiro serve --demo
  chaveiro serve --from-env bitize genpag --state /var/lib/chaveiro --port 8248`,
  },
  logout: {
    description: 'Remove an account and revoke its token, if the provider supports that.',
    all: 'all accounts of the profile',
  },
  store: {
    description: 'Show or change where a profile keeps its tokens.',
    kind: 'file, or url for Redis or PostgreSQL',
    fromFile: 'read the URL from a file; - is stdin (default: $CHAVEIRO_STORE_URL, otherwise a prompt)',
    after: `
The URL may contain a password, so it is not an argument, and it is saved encrypted. Machines that share a store must
also share the key: set CHAVEIRO_SEALING_KEY on each of them before the first login.

Examples:
  chaveiro store
  CHAVEIRO_STORE_URL=rediss://… chaveiro store url --profile work
  chaveiro store file`,
  },
  doctor: {
    description: 'Check clock, proxy, DNS, TLS, keys and permissions, and say how to fix each problem.',
    server: 'also check this server (a URL), without sending it a secret',
  },
  simulate: {
    description: 'Run simulated providers on this machine and print credentials that they accept.',
    providers: 'the providers to simulate (default: all)',
    from: 'play a spec too, an OpenAPI document with x-token-lifecycle; repeatable',
    port: 'the first port; the other simulators use the next ones (default: free ports)',
    fault: 'make requests fail, as in 503, bitize=reset*2 or bitize:listVendors=delay:2s; repeatable',
    lifetime: 'how long access tokens live (default: as documented)',
    accounts: 'how many more accounts each provider accepts (default: 0)',
    latency: 'how long each request takes to arrive, such as 200ms',
    seed: 'a number; the same number gives the same tokens',
    address: 'the address to listen on; other machines can reach any but the default (default: 127.0.0.1)',
    host: 'a name by which other machines call the admin API; repeatable',
    after: `
The credentials are followed by a line for each request: time, provider, method and path, status, meaning, and fault if any.
With --json, accounts and requests are lines of JSON. The last line of the credentials shows the address of the admin API;
in a browser, it shows a page. On a terminal, keys prepare a fault, let a day pass and quit; press ? to see them.

--from checks and plays the spec of a provider that Chaveiro doesn't know; without provider names, only that.

Faults: a status, reset, hang, html, slow-body, cut-body, empty-body, malformed-json, oversized-body, delay:<time> and
skewed-date:<time>. *3 repeats a fault three times, *always applies it to every request.

Examples:
  chaveiro simulate bitize --port 8080
  chaveiro simulate bitize --lifetime 1m --fault bitize:authenticate=429*2
  chaveiro simulate --from specs/acme/openapi.yaml
  chaveiro simulate --json`,
  },
  demo: {
    description: 'Show what Chaveiro does, with simulated providers or with a real account.',
    provider: 'a real provider, with its inputs in the environment',
    server: 'the server of the real account',
    after: `
Examples:
  chaveiro demo                             everything on this machine, no credentials needed
  chaveiro demo bitize --server test        with BITIZE_CONSUMER_KEY and BITIZE_SECRET_KEY in the environment`,
  },
  completion: {
    description: 'Print the completion script for a shell.',
    shell: 'bash, zsh, fish or powershell',
    after: `
Examples:
  source <(chaveiro completion bash)                                     in ~/.bashrc
  source <(chaveiro completion zsh)                                      in ~/.zshrc
  chaveiro completion fish > ~/.config/fish/completions/chaveiro.fish`,
  },
  help: { description: 'Print the help of a command.', command: 'the command (default: an overview)' },
  after: `
Exit codes: 0 success, 1 failure, 2 usage, 3 sign in again, 4 response 3xx or 4xx, 5 response 5xx, 6 try later, 7 storage,
8 configuration, 130 Ctrl-C.

CHAVEIRO_DEBUG=1 prints what happens to the token to stderr: calls, new tokens, failures, never a secret.

First steps:
  chaveiro providers
  chaveiro login bitize --server production
  chaveiro token bitize`,
}

export type HelpTexts = typeof help
