import { expect, test } from 'vitest'
import { generateAll } from '../src/index.ts'
import { temporaryRepository } from './temporary-repository.ts'

const SPEC = 'specs/ledger/openapi.yaml'
const PAGE = '/realms/ledger/protocol/openid-connect/auth'

async function ledger(from: string, to: string) {
  const specs = await temporaryRepository('ledger')
  await specs.edit(SPEC, from, to)
  const { files } = await generateAll({ root: specs.root })
  return (path: string) => files.get(`packages/ledger/src/generated/${path}`)
}

test.each(['https://sign-in.ledger.example/#/oauth/authorize', '/#/oauth/authorize'])(
  'the page %s is a route of a single-page application',
  async (page) => {
    expect((await ledger(PAGE, page))('provider.ts')).toContain(`'${page}'`)
  },
)

test.each(['/authorize#done', '/#/oauth/authorize?prompt=login'])('the page %s is refused', async (page) => {
  await expect(ledger(PAGE, page)).rejects.toThrow('neither an https URL nor a path')
})

test('an error is an object where the provider says so, or the text of the standard', async () => {
  const dead = '        dead: [{ status: 400, body: { /error/type: expired } }]\n'
  const file = await ledger('        scopes: { always', `${dead}        scopes: { always`)
  expect(file('schema.ts')).toMatch(/error\?:[\s|]+string\s+\| \{\s+type\?: string \| number/)
  expect(file('provider.ts')).toContain("{ '/error/type': 'expired' }")
  expect(file('provider.ts')).toContain("{ '/error': 'invalid_grant' }")
})
