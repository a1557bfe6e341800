import { expect, it } from 'vitest'
import { documentedRoute } from '../src/route.ts'

const form = 'application/x-www-form-urlencoded'

// As a generated document has it.
const properties = { name: { type: 'string' }, age: { type: 'integer' }, isOpen: { type: 'boolean' } }
const schema = { type: 'object', required: ['name'], additionalProperties: false, properties }
const requestBody = { required: true, content: { [form]: { schema } } }
const document = {
  openapi: '3.1.0',
  info: { title: 'Forms', version: '1' },
  paths: { '/people': { post: { operationId: 'createPerson', requestBody, responses: {} } } },
}
const route = documentedRoute(document, 'createPerson', () => ({ status: 204 }))

it.each([
  ['name=Ana+Maria&age=7&isOpen=true', undefined],
  ['name=a%26b', undefined],
  ['name=a&age=old', 'body.age: Instance type "string" is invalid. Expected "integer"'],
  ['name=a&name=b', 'body.name: Instance type "array" is invalid. Expected "string"'],
  ['name=a&colour=red', 'body.colour: False boolean schema'],
  ['age=7', 'body: Instance does not have required property "name"'],
  ['', 'body: required, but missing'],
])('the form %j is compared with its document', (text, problem) => {
  const url = new URL('https://people.simulator.test/people')
  const headers = new Headers({ 'content-type': `${form};charset=UTF-8` })
  expect(route.problem?.({ method: 'POST', url, headers, text, params: {}, body: undefined })).toBe(problem)
})
