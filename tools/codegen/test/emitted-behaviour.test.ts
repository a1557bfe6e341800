import { type ProviderIo, type Secret, secret } from '@chaveiro/core/provider'
import { describe, expect, test } from 'vitest'
import { harbourDeviceToken, harbourSessionToken, harbourVoyageToken } from './golden/harbour/provider.ts'
import { notaryApplicationToken, notarySessionToken } from './golden/notary/provider.ts'

/** One request as it left. */
interface Sent {
  readonly line: string
  readonly authorization: string | null
  readonly body: unknown
}

interface Surroundings extends ProviderIo {
  readonly sent: Sent[]
  readonly events: string[]
}

/** Surroundings that answer each request with the next of `answers`; parents have the tokens `p1`, `p2`, … */
function surroundings(...answers: Response[]): Surroundings {
  const sent: Sent[] = []
  const events: string[] = []
  let parents = 0
  return {
    async fetch(input, init) {
      const request = new Request(input, init)
      const { pathname, search } = new URL(request.url)
      const text = await request.text()
      const line = `${request.method} ${pathname}${search}`
      events.push(line)
      sent.push({
        line,
        authorization: request.headers.get('authorization'),
        body: text === '' ? undefined : JSON.parse(text),
      })
      const answer = answers.shift()
      if (answer === undefined) throw new Error('a request that was not prepared')
      return answer
    },
    lookUp: () => Promise.reject(new Error('nothing is read here')),
    presenting: () => () => Promise.reject(new Error('no certificate is presented here')),
    account: { tenant: 'one' },
    now: Date.parse('2026-11-22T12:00:00Z'),
    clockOffsetMs: 0,
    signal: new AbortController().signal,
    async token(scheme, options?: { newerThan?: Secret | undefined }) {
      parents += 1
      events.push(`token of ${scheme}${options?.newerThan ? ` newer than ${options.newerThan.reveal()}` : ''}`)
      return secret(`p${parents}`)
    },
    async noteRequestedExpiry(expiresAt) {
      events.push(`requests an end at ${new Date(expiresAt).toISOString()}`)
    },
    noteSkew: () => {},
    sent,
    events,
  }
}

const inputs = { username: 'ana@example.com', password: secret('pw'), device: '7', key: secret('k') }
const application = notaryApplicationToken({ server: 'production' })

describe('an application token', () => {
  const created = () =>
    Response.json(
      { accessToken: 'app', expires: { date: '2026-12-22 11:30:00.000000', timezone: 'UTC' }, id: '5347' },
      { status: 201 },
    )

  test('is asked for with its parent’s token and an end, which is noted first', async () => {
    const io = surroundings(created())

    const grant = await application.acquire?.(io, inputs)

    expect(grant).toEqual({ accessToken: 'app', expiresAt: Date.parse('2026-12-22T11:30:00Z'), id: '5347' })
    expect(io.events).toEqual([
      expect.stringMatching(/^requests an end at 2026-12-22T1[12]:/),
      'token of sessionToken',
      'POST /v1/access-token',
    ])
    expect(io.sent[0]).toEqual({
      line: 'POST /v1/access-token',
      authorization: 'Bearer p1',
      body: { password: 'pw', expires: expect.stringMatching(/^2026-12-22 1[12]:\d\d:\d\d$/) },
    })
  })

  test('lives as long as the user says', async () => {
    const io = surroundings(created())

    await application.acquire?.(io, { ...inputs, lifetimeMs: 60 * 86_400_000 })

    expect(io.sent[0]?.body).toMatchObject({ expires: expect.stringMatching(/^2027-01-21 1[12]:/) })
  })

  test('is asked for once more, with the same end, when its parent was refused', async () => {
    const io = surroundings(new Response(null, { status: 403 }), created())

    await application.acquire?.(io, inputs)

    expect(io.events.filter((event) => event.startsWith('requests'))).toHaveLength(1)
    expect(io.events).toContain('token of sessionToken newer than p1')
    expect(io.sent.map(({ authorization }) => authorization)).toEqual(['Bearer p1', 'Bearer p2'])
    expect(io.sent[1]?.body).toEqual(io.sent[0]?.body)
  })

  test('is revoked by its id; one that is gone is revoked', async () => {
    const io = surroundings(new Response(null, { status: 204 }), new Response(null, { status: 404 }))

    await application.revoke?.(io, { id: '53/47' }, inputs)
    await application.revoke?.(io, { id: '5347' }, inputs)

    expect(io.sent.map(({ line }) => line)).toEqual(['DELETE /v1/access-token/53%2F47', 'DELETE /v1/access-token/5347'])
  })

  test.each([401, 500])('is not revoked by an answer %d', async (status) => {
    const io = surroundings(new Response(null, { status }), new Response(null, { status }))

    await expect(application.revoke?.(io, { id: '1' }, inputs)).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('without an id, or with one that leads elsewhere, is not revoked', async () => {
    const io = surroundings()

    await expect(application.revoke?.(io, {}, inputs)).rejects.toThrow('There is no id to name the token by.')
    await expect(application.revoke?.(io, { id: '..' }, inputs)).rejects.toMatchObject({ code: 'misconfigured' })
    expect(io.sent).toEqual([])
  })

  test('is listed with the end that was asked for', async () => {
    const expires = { date: '2026-12-22 11:30:00.000000', timezone: 'UTC' }
    const io = surroundings(Response.json({ _embedded: { access_token: [{ id: '1' }, { id: '2', expires }] } }))

    expect(await application.list?.(io, inputs)).toEqual([
      { id: '1' },
      { id: '2', expiresAt: Date.parse('2026-12-22T11:30:00Z') },
    ])
  })
})

test('a default is sent where the user gives nothing', async () => {
  const session = notarySessionToken({ server: 'production' })
  const io = surroundings(Response.json({ access_token: 't', expires_in: '60' }), Response.json({ access_token: 't' }))

  await session.acquire?.(io, inputs)
  await session.acquire?.(io, { ...inputs, clientId: 'mine' })

  expect(io.sent.map(({ body }) => body)).toEqual([
    expect.objectContaining({ client_id: 'app' }),
    expect.objectContaining({ client_id: 'mine' }),
  ])
})

test('a supplied token is an input, and an empty body an empty object', async () => {
  const io = surroundings(Response.json({ data: 't' }))

  const grant = await harbourDeviceToken({ server: 'production' }).acquire?.(io, inputs)

  expect(grant).toEqual({ accessToken: 't', expiresAt: io.now + 604_800_000 })
  expect(io.sent).toEqual([{ line: 'POST /device/7/tokens', authorization: 'Bearer k', body: {} }])
})

test.each(['.', '..', ''])('an input %j is not a path segment', async (device) => {
  const io = surroundings()

  const acquired = harbourDeviceToken({ server: 'production' }).acquire?.(io, { ...inputs, device })

  await expect(acquired).rejects.toMatchObject({ code: 'misconfigured' })
  expect(io.sent).toEqual([])
})

test('a token and its end are read from headers', async () => {
  const headers = { 'X-Session': 't', 'X-Session-Ends': '2026-11-22 10:00:00' }
  const io = surroundings(new Response(null, { status: 204, headers }))

  const grant = await harbourSessionToken({ server: 'production' }).acquire?.(io, inputs)

  expect(grant).toEqual({ accessToken: 't', expiresAt: Date.parse('2026-11-22T13:00:00Z') })
  expect(io.sent[0]?.line).toBe('POST /session?note=none')
})

test('a call about a token carries it', async () => {
  const session = harbourSessionToken({ server: 'production' })
  const io = surroundings(Response.json({ token: 'next' }), new Response('ended'))

  await session.refresh?.(io, { accessToken: 'now' }, inputs)
  await session.revoke?.(io, { accessToken: 'now' }, inputs)

  expect(io.sent).toEqual([
    { line: 'PUT /session', authorization: 'Bearer now', body: undefined },
    { line: 'DELETE /session', authorization: 'Bearer now', body: { token: 'now' } },
  ])
})

test('a refresh token whose end cannot be read is given the life of the spec', async () => {
  const answer = { token: 't', ends: '2026-11-22T13:00:00Z', refresh_ends: 'soon' }
  const io = surroundings(Response.json(answer, { status: 201, headers: { 'X-Refresh': 'r' } }))

  expect(await harbourVoyageToken({ server: 'production' }).acquire?.(io, inputs)).toEqual({
    accessToken: 't',
    expiresAt: Date.parse('2026-11-22T13:00:00Z'),
    refreshToken: 'r',
    refreshExpiresAt: io.now + 86_400_000,
  })
})

test('each token knows its parents, the inputs of them all, and when to come back', () => {
  const voyage = harbourVoyageToken({ server: 'production' })

  expect(voyage.id).toBe('harbour/voyageToken')
  expect(voyage.parents?.providers['sessionToken']?.parents?.providers['deviceToken']?.id).toBe('harbour/deviceToken')
  expect(Object.keys(voyage.inputs ?? {})).toEqual(['device', 'key', 'note'])
  expect(
    Object.keys(voyage.parents?.providers['sessionToken']?.parents?.providers['deviceToken']?.inputs ?? {}),
  ).toEqual(['device', 'key'])
  expect(voyage.hints).toEqual([
    { header: 'X-RateLimit-Reset-After', as: 'seconds' },
    { header: 'X-Open-Again', as: 'http-date' },
  ])
})
