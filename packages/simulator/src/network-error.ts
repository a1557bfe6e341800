// What a real `fetch` throws when no answer comes, as Node reports it: a TypeError whose cause carries the system's code.

const networkError = (code: string, message: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) })

/** The peer closed the connection. */
export const connectionReset = (): TypeError => networkError('ECONNRESET', 'read ECONNRESET')

/** The name has no address: the in-process fetch knows its own origin only. */
export const unknownHost = (hostname: string): TypeError =>
  networkError('ENOTFOUND', `getaddrinfo ENOTFOUND ${hostname}`)

/** The redirect mode or the limit forbids going on. */
export const refusedRedirect = (why: string): TypeError => new TypeError('fetch failed', { cause: new Error(why) })

/** Tells a simulated reset from a defect of the simulator. */
export const isConnectionReset = (error: unknown): boolean =>
  isObject(error) &&
  'cause' in error &&
  isObject(error.cause) &&
  'code' in error.cause &&
  error.cause.code === 'ECONNRESET'

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
