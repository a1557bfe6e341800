import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const CORE_TESTS: string = fileURLToPath(new URL('../../../packages/core/test', import.meta.url))

/** The core's test files that only Node runs, and why. All others run on every platform. */
const NODE_ONLY: Readonly<Record<string, string>> = {
  'account/listeners-on-signals.test.ts': 'counts the listeners of a signal, which only Node tells',
  'assertion/kept-keys.test.ts': 'counts the calls to WebCrypto, by replacing a method of it',
  'certificates/contract.test.ts': 'prints with Node’s inspect',
  'consent/request.test.ts': 'makes a challenge with Node’s crypto, to compare',
  'engine/recovery.test.ts': 'counts calls a second, and Chromium takes more turns of the event loop for each',
  'engine/token-call-requests.test.ts': 'looks for a cache mode that not every platform takes',
  'fetch-auth/abandoned-uploads.test.ts': 'puts a stream into a Request, which not every browser takes',
  'fetch-auth/applied-once.test.ts': 'needs HTTP servers',
  'fetch-auth/prepare.test.ts': 'needs an HTTP server',
  'fetch-auth/redirects.test.ts': 'needs HTTP servers',
  'fetch-auth/rejected-by-body.test.ts': 'needs an HTTP server',
  'fetch-auth/replay-bodies.test.ts': 'needs an HTTP server',
  'fetch-auth/replay-over-http.test.ts': 'needs an HTTP server',
  'fetch-auth/retry-and-token.test.ts': 'needs an HTTP server',
  'fetch-auth/workers-cache.test.ts': 'starts workerd by itself',
  'fuzz/readers.test.ts': 'reads its corpus from files',
  'fuzz/records.test.ts': 'reads its corpus from files',
  'limit/limit-calls.test.ts': 'needs an HTTP server',
  'log/real-loggers.test.ts': 'needs an HTTP server, and pino',
  'manager/dead-connections.test.ts': 'needs an HTTP server that drops connections',
  'manager/listener-context.test.ts': 'reads the asynchronous context by a module of Node',
  'manager/modules.test.ts': 'loads modules several times',
  'manager/worker-requests.test.ts': 'starts workerd by itself',
  'manager/workers.test.ts': 'starts workerd by itself',
  'model/histories.test.ts': 'prints with Node’s inspect, and counts the turns of Node’s event loop',
  'node/aborts.test.ts': 'is about a fetch for Node alone',
  'node/certificate-file.test.ts': 'is about files, for Node alone',
  'node/certificates.test.ts': 'is about a fetch for Node alone',
  'node/connections.test.ts': 'is about a fetch for Node alone',
  'node/like-fetch.test.ts': 'is about a fetch for Node alone',
  'node/raw-answer.test.ts': 'is about a fetch for Node alone',
  'provider-kit/form-client.test.ts': 'needs an HTTP server',
  'provider/held-request.test.ts': 'needs the garbage collector',
  'provider/provider-io.test.ts': 'needs HTTP servers',
  'provider/several-hosts.test.ts': 'needs HTTP servers',
  'provider/tls-token-call.test.ts': 'needs TLS servers',
  'realms/other-realm.test.ts': 'needs the vm module of Node',
  'retry/abandoned-uploads.test.ts': 'needs streams of Node',
  'retry/browser.test.ts': 'starts Chromium by itself',
  'retry/challenge-peers.test.ts': 'compares with clients that are made for Node',
  'retry/connect-proxy.test.ts': 'needs a proxy, and undici',
  'retry/failure.test.ts': 'is about the errors of Node’s own fetch and sockets',
  'retry/redirects.test.ts': 'needs HTTP servers',
  'retry/replayable-body.test.ts': 'needs an HTTP server, and streams of Node',
  'retry/request-objects.test.ts': 'needs an HTTP server',
  'retry/retry-fetch.test.ts': 'needs HTTP servers',
  'retry/signals.test.ts': 'needs an HTTP server, and the garbage collector',
  'retry/time-limits.test.ts': 'needs an HTTP server',
  'retry/tls.test.ts': 'needs TLS servers',
  'secrecy/echoes.test.ts': 'prints with Node’s inspect',
  'secrecy/failures.test.ts': 'prints with Node’s inspect',
  'secrecy/faults.test.ts': 'prints with Node’s inspect',
  'secrecy/printing.test.ts': 'prints with Node’s inspect',
  'testing/recording-fetch.test.ts': 'prints with Node’s inspect',
}

/** The core's test files that every platform runs, as paths below `packages/core/test`. */
export function portableTests(): readonly string[] {
  return readdirSync(CORE_TESTS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && !(file in NODE_ONLY))
    .sort()
}
