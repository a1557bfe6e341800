import { createConfig, lintFromString } from '@redocly/openapi-core'
import { expect, it } from 'vitest'
import { openApiText } from '../../../packages/cli/src/serve/door/openapi.ts'

/** What Redocly's recommended rules have against a document. */
async function problemsOf(source: string): Promise<readonly string[]> {
  const config = await createConfig({ extends: ['recommended'], rules: { 'no-ambiguous-paths': 'error' } })
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config })
  return problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)
}

it('the document of `chaveiro serve` passes the recommended rules of Redocly', async () => {
  expect(await problemsOf(openApiText())).toEqual([])
})

it('a schema that is missing, and a parameter that no path has, are seen', async () => {
  const broken = openApiText().replace('schemas/Token"', 'schemas/Tokens"').replace('/{account}"', '/{name}"')
  expect(await problemsOf(broken)).toEqual(
    expect.arrayContaining([expect.stringContaining('no-unresolved-refs'), expect.stringContaining('path-param')]),
  )
})
