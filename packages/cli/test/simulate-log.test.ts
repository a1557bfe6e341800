import { createAdminClient } from '@chaveiro/simulator/client'
import { expect, it } from 'vitest'
import { newHome } from './support/home.ts'
import { callSimulate } from './support/running-simulators.ts'

const KEYS = { consumer_key: 'b171ce00-0000-4000-8000-000000000001', secret_key: 'simulated-secret-key' }

const authenticate = (url: string | URL, keys: object = KEYS): Promise<Response> =>
  fetch(new URL('/auth', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(keys),
  })

const bearer = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } })

it('says of each request what it means, and which fault it met', async () => {
  const { called, until, address } = callSimulate(['bitize', '--fault', '503', '--lifetime', '1m'])
  const url = await address('bitize')
  const asked = async (response: Promise<Response>): Promise<void> => void (await response).body?.cancel()
  await asked(authenticate(url))
  const pair = await (await authenticate(url)).json()
  const refresh = `/auth?refresh_token=${encodeURIComponent(pair.refresh_token)}`
  await asked(fetch(new URL(refresh, url)))
  await asked(fetch(new URL('/vendors', url), bearer(pair.access_token)))
  await asked(fetch(new URL(`/vendors?token=${encodeURIComponent(pair.access_token)}`, url)))
  await createAdminClient({ url }).POST('/clock/advance', { body: { ms: 60_000 } })
  await asked(fetch(new URL('/vendors', url), bearer(pair.access_token)))
  const printed = await until(/has expired/)
  const lines = printed.split('\n').filter((line) => /^\d\d:\d\d:\d\d/.test(line))
  expect(lines.map((line) => line.slice(8).trim().replaceAll(/ +/g, ' '))).toEqual([
    'bitize POST /auth 503 authenticate fault: status',
    'bitize POST /auth 200 issued token 1.1',
    'bitize GET /auth?refresh_token=[redacted] 200 refreshed token 1.1 to 1.2',
    'bitize GET /vendors 200 listVendors with token 1.1',
    'bitize GET /vendors?token=[redacted] 401 no access token the address contains a secret: query.token',
    'bitize GET /vendors 401 the access token has expired',
  ])
  for (const secret of [pair.access_token, pair.refresh_token]) expect(printed).not.toContain(secret)
  called.kill('SIGINT')
  expect((await called.outcome).status).toBe(130)
})

it('says so in Portuguese too, with every account, and where the admin API is', async () => {
  const { called, until, address } = callSimulate(['bitize', 'genpag', '--accounts', '1', '--lang', 'pt-BR'])
  const url = await address('genpag')
  const printed = await until(/__simulator/)
  expect(printed).toContain("export BITIZE_CONSUMER_KEY='b171ce00-0000-4000-8000-000000000002'\n")
  expect(printed).toContain(`chaveiro login genpag --account simulated-2 --server ${url.origin}\n`)
  expect(printed).toMatch(/# Acompanhe e controle pelo navegador: http:\/\/127\.0\.0\.1:\d+\/__simulator\/\n/)
  const second = { consumer_key: 'b171ce00-0000-4000-8000-000000000002', secret_key: 'simulated-secret-key-2' }
  await authenticate(await address('bitize'), second)
  await fetch(new URL('/nowhere', url))
  const logged = await until(/não é uma operação/)
  expect(logged).toMatch(/bitize {2}POST \/auth +200 {2}emitiu o token 1\.1\n/)
  called.kill('SIGTERM')
  expect((await called.outcome).status).toBe(143)
})

it('prints lines of JSON for programs, and the same tokens for the same seed', async () => {
  const tokens: unknown[] = []
  for (const seed of ['7', '7', '8']) {
    const { called, until } = callSimulate(['bitize', '--json', '--seed', seed])
    const [account = ''] = (await until(/\n/)).split('\n')
    const { event, url, env, admin } = JSON.parse(account)
    expect({ event, env, admin }).toEqual({
      event: 'account',
      env: { BITIZE_CONSUMER_KEY: KEYS.consumer_key, BITIZE_SECRET_KEY: KEYS.secret_key },
      admin: `${url}__simulator/`,
    })
    tokens.push((await (await authenticate(url)).json()).access_token)
    const lines = (await until(/"answered"/)).trim().split('\n')
    expect(lines.slice(1).map((line) => JSON.parse(line))).toMatchObject([
      { event: 'request', provider: 'bitize', operation: 'authenticate', outcome: 'pending' },
      { event: 'request', provider: 'bitize', operation: 'authenticate', outcome: 'answered', status: 200 },
    ])
    called.kill('SIGINT')
    expect((await called.outcome).stderr).not.toContain('Running')
  }
  expect(tokens[0]).toBe(tokens[1])
  expect(tokens[0]).not.toBe(tokens[2])
})

it('simulates every provider that there is, each with an account more', async () => {
  const { called, until } = callSimulate(['--json', '--accounts', '1'])
  const ids: string[] = JSON.parse((await newHome().run(['providers', '--json'])).stdout).map(
    ({ id }: { id: string }) => id,
  )
  const lines = (await until(new RegExp(`(?:\n[^\n]+){${ids.length * 2 - 1}}\n`))).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line).provider)).toEqual(ids.flatMap((id) => [id, id]))
  called.kill('SIGINT')
  expect((await called.outcome).status).toBe(130)
})

it.each([
  [['--fault', 'sometimes'], /"sometimes" is not a fault/],
  [['--fault', 'bitize:pay=503'], /--fault: operation: no "pay" here; there are authenticate/],
  [['bitize', '--fault', 'genpag=503'], /names "genpag", which is not simulated/],
  [['--fault', 'delay:soon'], /"soon" is not a valid duration/],
  [['--accounts', '-1'], /--accounts "-1" is not a number from 0/],
  [['--seed', 'x'], /--seed "x" is not a number/],
  [['--lifetime', 'x'], /"x" is not a valid duration/],
])('chaveiro simulate %j says what is wrong', async (words, sentence) => {
  const outcome = await newHome().run(['simulate', ...words])
  expect(outcome).toMatchObject({ status: 2, stdout: '' })
  expect(outcome.stderr.replaceAll('\n', ' ')).toMatch(sentence)
})
