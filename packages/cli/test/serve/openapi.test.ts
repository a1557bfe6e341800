import { type Schema, Validator } from '@cfworker/json-schema'
import { expect, it } from 'vitest'
import { newServer } from './support/served.ts'

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: object }>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

it('answers are as the document says, which describes every path that there is', async () => {
  const { get, keys } = await newServer()
  const document: Document = await (await get('/v1/openapi.json', keys['all'])).json()
  expect(Object.keys(document.paths).sort()).toEqual([
    '/healthz',
    '/metrics',
    '/readyz',
    '/v1/accounts',
    '/v1/openapi.json',
    '/v1/proxy/{provider}/{account}/{path}',
    '/v1/tokens/{provider}/{account}',
  ])
  const problemsOf = async (name: string, path: string, key?: string): Promise<readonly string[]> => {
    const answer = await get(path, key)
    const schema = { $ref: `#/components/schemas/${name}`, components: document.components }
    const { errors } = new Validator(schema, '2020-12', false).validate(await answer.json())
    return errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`)
  }
  expect(await problemsOf('Token', '/v1/tokens/bitize/shop', keys['all'])).toEqual([])
  expect(await problemsOf('Accounts', '/v1/accounts', keys['all'])).toEqual([])
  expect(await problemsOf('Health', '/healthz')).toEqual([])
  expect(await problemsOf('Problem', '/v1/accounts')).toEqual([])
  expect(await problemsOf('Problem', '/v1/tokens/bitize/none', keys['all'])).toEqual([])
  expect(await problemsOf('Token', '/v1/accounts')).not.toEqual([])
})
