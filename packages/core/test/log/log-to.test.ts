import type { TokenEvent } from '@chaveiro/core'
import { logTo } from '@chaveiro/core/log'
import { describe, expect, it } from 'vitest'

const NOON = Date.UTC(2026, 10, 25, 12)

/** A logger that takes lines, and what it was given: the level before each line. */
function lineLogger() {
  const lines: string[] = []
  const write = (level: string) => (line: string, more?: unknown) =>
    void lines.push(`${level} ${line}${more === undefined ? '' : ' and more'}`)
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}

/** What an event of `bitize` and `shop` is written as. */
function written(event: Partial<TokenEvent> & Pick<TokenEvent, 'type'>): string | undefined {
  const logger = lineLogger()
  logTo(logger)({ provider: 'bitize', account: { tenant: 'shop' }, ...event })
  expect(logger.lines).toHaveLength(1)
  return logger.lines[0]
}

const renewal = { durationMs: 240.4, attempts: 1, cause: 'window', generation: 3 } as const

it.each<[string, Partial<TokenEvent> & Pick<TokenEvent, 'type'>]>([
  ['debug bitize "shop": token call begins [refresh.started, call 2]', { type: 'refresh.started', attempts: 2 }],
  [
    'info bitize "shop": new token 3 after 240 ms, valid until 2026-11-25T12:00:00Z [refresh.done, cause window, calls 1]',
    { ...renewal, type: 'refresh.done', source: 'provider', expiresAt: NOON + 999 },
  ],
  [
    'info bitize "shop": new token 1 after 15.0 s, its end is unknown [refresh.done, calls 3]',
    { type: 'refresh.done', source: 'provider', generation: 1, durationMs: 15_001, attempts: 3 },
  ],
  [
    'debug bitize "shop": found token 3 in the store after 240 ms, valid until 2026-11-25T12:00:00Z [refresh.done, cause window, calls 0]',
    { ...renewal, type: 'refresh.done', source: 'peer', attempts: 0, expiresAt: NOON },
  ],
  [
    'warn bitize "shop": no new token after 240 ms: unavailable, action retry [refresh.failed, cause window, calls 1]',
    { ...renewal, type: 'refresh.failed', code: 'unavailable' },
  ],
  [
    'error bitize "shop": no new token after 240 ms: unavailable, action retry [refresh.failed, cause margin, calls 1]',
    { ...renewal, type: 'refresh.failed', code: 'unavailable', cause: 'margin' },
  ],
  [
    'error bitize "shop": no new token after 240 ms: credentials-rejected, action reauthorize [refresh.failed, cause window, calls 1]',
    { ...renewal, type: 'refresh.failed', code: 'credentials-rejected' },
  ],
  [
    'warn bitize "shop": old refresh token sent once more, because the answer to its first use was lost [refresh.resent]',
    { type: 'refresh.resent', generation: 3 },
  ],
  [
    'warn bitize "shop": a token that is no longer used was not revoked: timeout, action retry [revoke.failed]',
    { type: 'revoke.failed', code: 'timeout' },
  ],
  [
    'warn bitize "shop": the store could not save token 4: store, action retry [persist.failed]',
    { type: 'persist.failed', generation: 4, code: 'store' },
  ],
  ['warn bitize "shop": the API rejected token 4 [token.rejected]', { type: 'token.rejected', generation: 4 }],
  [
    'warn bitize "shop": a clock is wrong: a token had expired on arrival, or a stored one is from the future [clock.skew]',
    { type: 'clock.skew' },
  ],
  [
    'error bitize "shop": a person has to sign in [reauthorization.required]',
    { type: 'reauthorization.required', code: 'reauthorization-required' },
  ],
  [
    'warn bitize "shop": the refresh token expires soon, and only a person can replace it [refresh-token.expiring]',
    { type: 'refresh-token.expiring' },
  ],
  [
    'warn bitize "shop": the client certificate expires in 12 days [certificate.expiring]',
    { type: 'certificate.expiring', daysLeft: 12, expiresAt: NOON },
  ],
  [
    'warn bitize "shop": the client certificate has expired [certificate.expiring]',
    { type: 'certificate.expiring', daysLeft: -1, expiresAt: NOON },
  ],
  ['info bitize "shop": signed out [ended]', { type: 'ended' }],
  [
    'warn bitize "shop": signed out, but token 3 was not revoked: unavailable, action retry [ended]',
    { type: 'ended', generation: 3, code: 'unavailable' },
  ],
  [
    'warn bitize "shop": API request sent several times, done after 4.1 s: status 200 [request.retried, attempts 2]',
    { type: 'request.retried', attempts: 2, durationMs: 4_100, status: 200 },
  ],
  [
    'info bitize "shop": API request sent again with token 4, because the previous one was rejected [request.replayed]',
    { type: 'request.replayed', generation: 4 },
  ],
  [
    'error bitize "shop": API request failed after 4.1 s: status 503 [request.failed, attempts 3]',
    { type: 'request.failed', attempts: 3, durationMs: 4_100, status: 503 },
  ],
  [
    'error bitize "shop": API request failed after 40 ms [request.failed, attempts 1]',
    { type: 'request.failed', attempts: 1, durationMs: 40 },
  ],
])('%s', (line, event) => {
  expect(written(event)).toBe(line)
})

describe('the account', () => {
  it('is named whole: two of its tokens that differ in scopes or audience give different lines', () => {
    const account = { tenant: 'shop', account: 'eu', scopes: ['read', 'write'], audience: 'https://api.example.com' }
    expect(written({ type: 'ended', account })).toBe(
      'info bitize "shop/eu" scopes "read" "write" audience "https://api.example.com": signed out [ended]',
    )
  })

  it('ends no line and moves no cursor, whatever it is called', () => {
    const tenant = 'a\nb\r\u001b[2J\u009b2J\u2028\u2029\u202e"c'
    expect(written({ type: 'ended', account: { tenant } })).toBe(
      String.raw`info bitize "a\nb\r\u001b[2J\u{9b}2J\u{2028}\u{2029}\u{202e}\"c": signed out [ended]`,
    )
  })
})

describe('a logger', () => {
  it('that has bindings(), as pino has, gets the event before the line', () => {
    const given: unknown[] = []
    const write = (...args: unknown[]): void => void given.push(args)
    const event: TokenEvent = { type: 'ended', provider: 'bitize', account: { tenant: 'shop' } }
    logTo({ debug: write, info: write, warn: write, error: write, bindings: () => ({}) })(event)
    expect(given).toEqual([[{ chaveiro: event }, 'bitize "shop": signed out [ended]']])
  })

  it('is called as a method, so a class will do', () => {
    class Logger {
      readonly lines: string[] = []
      debug(line: string): void {
        this.lines.push(line)
      }
      info(line: string): void {
        this.lines.push(line)
      }
      warn(line: string): void {
        this.lines.push(line)
      }
      error(line: string): void {
        this.lines.push(line)
      }
    }
    const logger = new Logger()
    logTo(logger)({ type: 'ended', provider: 'bitize', account: { tenant: 'shop' } })
    expect(logger.lines).toEqual(['bitize "shop": signed out [ended]'])
  })

  it.each([
    ['nothing', 'null', 'debug'],
    ['a text', '"console"', 'debug'],
    ['one without error()', '{}', 'error'],
  ])('that is %s is a TypeError at once', (_, json, missing) => {
    const value = JSON.parse(json)
    const { debug, info, warn } = lineLogger()
    const logger = missing === 'error' ? { debug, info, warn, ...value } : value
    expect(() => logTo(logger)).toThrow(
      new TypeError(`logTo() takes a logger with the methods debug, info, warn and error. ${missing} is missing.`),
    )
  })
})
