import type { Problem } from './problem.ts'

/** What the door itself refuses. */
export type DoorCode =
  | 'bad-request'
  | 'bad-target'
  | 'bad-query'
  | 'switching'
  | 'unexpected-body'
  | 'key-missing'
  | 'key-refused'
  | 'key-ended'
  | 'browser'
  | 'forbidden'
  | 'not-found'
  | 'method-not-allowed'
  | 'idle'
  | 'expectation'
  | 'wrong-host'
  | 'rate'
  | 'headers-too-long'
  | 'internal'
  | 'stopping'
  | 'http-version'

/** The problems of the door itself. */
export const PROBLEMS: Readonly<Record<DoorCode, Problem>> = {
  'bad-request': {
    status: 400,
    code: 'bad-request',
    action: 'fix-configuration',
    detail: 'This is not an HTTP/1.1 request that the server can read.',
  },
  'bad-target': {
    status: 400,
    code: 'bad-target',
    action: 'fix-configuration',
    detail: 'The request target must be a path with valid escapes, such as /v1/accounts.',
  },
  'bad-query': {
    status: 400,
    code: 'bad-query',
    action: 'fix-configuration',
    detail: 'The query is not one that this path takes. min_validity is a duration, such as 30s or 10m.',
  },
  'unexpected-body': {
    status: 400,
    code: 'unexpected-body',
    action: 'fix-configuration',
    detail: 'This path takes no request body. Send the request without one.',
  },
  'key-missing': {
    status: 401,
    code: 'key-missing',
    action: 'fix-configuration',
    detail: 'This call needs a key of this server, once, as in: Authorization: Bearer chv_…',
    headers: { 'WWW-Authenticate': 'Bearer realm="chaveiro"' },
  },
  'key-refused': {
    status: 401,
    code: 'key-refused',
    action: 'fix-configuration',
    detail: 'This is not a key of this server. Check it, or make another one: chaveiro serve keys add',
    headers: { 'WWW-Authenticate': 'Bearer realm="chaveiro", error="invalid_token"' },
  },
  'key-ended': {
    status: 401,
    code: 'key-ended',
    action: 'fix-configuration',
    detail: 'This key has ended. Make another one: chaveiro serve keys add',
    headers: { 'WWW-Authenticate': 'Bearer realm="chaveiro", error="invalid_token"' },
  },
  browser: {
    status: 403,
    code: 'browser',
    action: 'none',
    detail: 'A request with Origin or Sec-Fetch-Site comes from a browser, and this server answers none.',
  },
  forbidden: {
    status: 403,
    code: 'forbidden',
    action: 'fix-configuration',
    detail: 'The key does not allow this. GET /v1/accounts lists what it allows.',
  },
  'not-found': {
    status: 404,
    code: 'not-found',
    action: 'fix-configuration',
    detail: 'There is nothing at this path. GET /v1/openapi.json describes what there is.',
  },
  'method-not-allowed': {
    status: 405,
    code: 'method-not-allowed',
    action: 'fix-configuration',
    detail: 'This path does not take this method.',
  },
  idle: {
    status: 408,
    code: 'idle',
    action: 'retry',
    detail: 'The request did not arrive in time. Send it again without a pause.',
  },
  'wrong-host': {
    status: 421,
    code: 'wrong-host',
    action: 'fix-configuration',
    detail:
      'The Host header must be localhost or a loopback address, with the port of this server, or a name from --host.',
  },
  expectation: {
    status: 417,
    code: 'expectation',
    action: 'fix-configuration',
    detail: 'The only expectation that this server meets is 100-continue.',
  },
  rate: {
    status: 429,
    code: 'rate',
    action: 'retry',
    detail: 'The key has used up its rate. Try again later.',
  },
  'headers-too-long': {
    status: 431,
    code: 'headers-too-long',
    action: 'fix-configuration',
    detail: 'Request line and headers may have 16 KiB together.',
  },
  internal: {
    status: 500,
    code: 'internal',
    action: 'none',
    detail: 'The server failed at this request. Its log has the defect.',
  },
  'http-version': {
    status: 505,
    code: 'http-version',
    action: 'fix-configuration',
    detail: 'This server speaks HTTP/1.1.',
  },
  stopping: {
    status: 503,
    code: 'stopping',
    action: 'retry',
    detail: 'The server is stopping. Try again on a new connection.',
    closes: true,
  },
  switching: {
    status: 400,
    code: 'switching',
    action: 'fix-configuration',
    detail: 'This server does not switch protocols, and opens no tunnels. Send the request without Upgrade.',
  },
}
