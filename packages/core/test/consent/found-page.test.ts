// A page that only a document of the provider names.
import type { FindPage, FoundPage } from '@chaveiro/core/consent'
import { expect, test } from 'vitest'
import { offline, tokenAnswer } from '../support/scripted-issuer.ts'
import { consentWorld, refusal } from './consent-world.ts'

const ISSUER = 'https://issuer.example'
const DOCUMENT = new URL('/document', ISSUER)

/** Reads the page from the provider's document. */
const find: FindPage = async (io) => {
  const found: FoundPage = await (await io.lookUp(DOCUMENT)).json()
  return found
}
const page = (fields: Partial<FoundPage> = {}) => Response.json({ url: `${ISSUER}/found`, ...fields })

test('the person is sent to the page that the document names', async () => {
  const { begin, issuer, manager, redirectUri } = consentWorld({ request: { url: find, parameters: { tenant: '7' } } })
  issuer.prepare(page())
  const { url } = await manager.account('ana').consent.begin({ redirectUri })
  expect(url).toMatch(/^https:\/\/issuer\.example\/found\?tenant=7&response_type=code&/)
  issuer.prepare(page(), tokenAnswer('access-1'))
  const { finish } = await begin()
  await finish()
  expect(issuer.requests.map(({ path }) => path)).toEqual(['/document', '/document', '/token'])
})

test('what it says about callbacks holds for the consent that has begun, whatever it says later', async () => {
  const { begin, issuer } = consentWorld({ request: { url: find } })
  issuer.prepare(page({ issuer: { url: ISSUER, inCallback: 'always' } }))
  const { finish } = await begin()
  expect(await refusal(finish())).toBe('misconfigured')
  expect(await refusal(finish({ code: 'code-1', iss: 'https://evil.example' }))).toBe('misconfigured')
  issuer.prepare(tokenAnswer('access-1'))
  expect(await refusal(finish({ code: 'code-1', iss: ISSUER }))).toBe('accepted')
})

test.each<[string, Partial<FoundPage>]>([
  ['is not https', { url: 'http://issuer.example/found' }],
  ['sets what the flow sets', { url: `${ISSUER}/found?state=mine` }],
  ['has a fragment', { url: `${ISSUER}/found#here` }],
])('a page that %s is not used', async (_, fields) => {
  const { begin, issuer } = consentWorld({ request: { url: find } })
  issuer.prepare(page(fields))
  await expect(begin()).rejects.toMatchObject({ code: 'misconfigured' })
})

test('while the document cannot be read, no consent begins', async () => {
  const { begin, issuer, clock } = consentWorld({ request: { url: find } })
  issuer.prepare(offline())
  await expect(begin()).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('https://issuer.example/document could not be read.'),
  })
  await clock.advance(1_000)
  issuer.prepare(page())
  await begin()
})

test('a parameter that the flow sets itself is a TypeError at once', () => {
  expect(() => consentWorld({ request: { url: find, parameters: { state: 'mine' } } })).toThrow(TypeError)
})
