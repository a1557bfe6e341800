// What comes beside a token, tokens that open other calls, and specs that are refused.
import { exportPKCS8, generateKeyPair } from 'jose'
import { expect, test } from 'vitest'
import { readSpec, SpecError } from '../src/read-spec.ts'
import { SCHEMAS } from '../src/spec/vocabulary.ts'
import { customsAgentToken, customsTraderToken } from './golden/customs/provider.ts'
import { ferryBoatToken, ferryCargoToken } from './golden/ferry/provider.ts'
import { signetAgentToken, signetServiceToken } from './golden/signet/provider.ts'
import { tollDriverToken } from './golden/toll/provider.ts'
import { type Given, play, texts } from './played-spec.ts'

const DAY = 86_400_000

test('what came beside a token comes back with the refresh and with requests of the API', async () => {
  const { account, calls, clock, url } = await play('customs', customsTraderToken, (given) => ({
    trader: given('trader'),
    word: given('word'),
    appKey: given('appKey'),
  }))
  expect((await account.fetch(new URL('/declarations/7', url))).status).toBe(200)
  await clock.advance(DAY)
  await account.getToken({ newerThan: await account.getToken() })
  expect((await account.fetch(new URL('/declarations/7', url))).status).toBe(200)
  expect(calls()).toEqual(['admitTrader 200', 'callApi 200', 'renewTrader 200', 'callApi 200'])
})

test('a token in a header of its own opens the call that issues another', async () => {
  const { account, calls, url } = await play('customs', customsAgentToken, (given) => ({ word: given('word') }))
  expect((await account.fetch(new URL('/anything', url))).status).toBe(200)
  expect(calls()).toEqual(['admitBroker 200', 'admitAgent 200', 'callApi 200'])
})

test('hosts of their own are at one address', async () => {
  const boat = (given: Given) => ({ boat: given('boat'), word: given('word') })
  const cargo = await play('ferry', ferryCargoToken, boat)
  await cargo.account.getToken()
  expect(cargo.calls()).toEqual(['admitBoat 200', 'admitCargo 200'])
  const { account, calls } = await play('ferry', ferryBoatToken, boat)
  await account.getToken()
  await account.end({ revoke: 'require' })
  expect(calls()).toEqual(['admitBoat 200', 'dismissBoat 204'])
})

test('a client signs, with a key that is made for it or one that it brings', async () => {
  const service = await play(
    'signet',
    signetServiceToken,
    (given) => ({ clientId: given('clientId'), privateKey: given('privateKey') }),
    ['write'],
  )
  await service.account.getToken()
  expect(service.calls()).toEqual(['issueToken 200'])

  const pair = await generateKeyPair('EdDSA', { extractable: true })
  const own = { clientId: 'agent', privateKey: await exportPKCS8(pair.privateKey) }
  const agent = await play('signet', signetAgentToken, () => own)
  agent.simulator.accounts.add({ ...own, employee: '' })
  await agent.account.getToken()
})

test('a refresh token for three uses, and an operation of the document that a token opens', async () => {
  const { account, calls, clock, simulator, url } = await play('toll', tollDriverToken, (given) => ({
    driver: given('driver'),
    pin: given('pin'),
  }))
  expect((await account.fetch(new URL('/passages', url))).status).toBe(200)
  await clock.advance(DAY)
  await account.getToken()
  simulator.revoke()
  expect((await account.fetch(new URL('/passages', url))).status).toBe(200)
  expect(calls()).toEqual([
    'issueDriverToken 200',
    'listPassages 200',
    'renewDriverToken 200',
    'listPassages 401',
    'renewDriverToken 200',
    'listPassages 200',
  ])
})

test('a mistaken spec is refused with the sentences of lint, and no SOURCES.md is asked for', async () => {
  const file = 'drafts/gateway.yaml'
  const [text = '', redocly = '', ...schemas] = await texts([
    'tools/codegen/test/specs/gateway/openapi.yaml',
    'redocly.yaml',
    ...SCHEMAS.map((name) => `specs/_schema/${name}`),
  ])
  const mistaken = text.replace('content: form', 'content: from')
  const line = mistaken.split('\n').findIndex((one) => one.includes('content: from')) + 1
  const error: unknown = await readSpec(
    { text: mistaken, path: '/nowhere/gateway.yaml', file },
    { redocly, schemas },
  ).catch((reason: unknown) => reason)
  if (!(error instanceof SpecError)) throw new Error('the mistake was not found', { cause: error })
  expect(error.problems).toMatchObject([
    { file, line, sentence: expect.stringContaining('`from` is not one of: form, json.') },
  ])
})
