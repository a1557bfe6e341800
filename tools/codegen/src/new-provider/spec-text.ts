import { PLACEHOLDER } from './flows.ts'
import type { ProviderPlan } from './plan.ts'
import { standardSpec } from './standard-spec.ts'
import { writtenSpec } from './written-spec.ts'

/** The `openapi.yaml` of a new provider: every fact marked with where it comes from, or as a placeholder. */
export function specText(plan: ProviderPlan): string {
  const { tokens } = plan
  return [
    heading(plan),
    servers(plan),
    ...(tokens.kind === 'standard'
      ? [`security:\n  - accessToken: []\n`, standardSpec(plan, tokens)]
      : [
          'tags:\n  - name: authentication\n    description: Tokens are issued here.\n',
          `security:\n  - accessToken: [] # ${PLACEHOLDER}\n`,
          writtenSpec(plan, tokens),
        ]),
  ].join('\n')
}

function heading({ title, version, from }: ProviderPlan): string {
  const marks = [
    ...(from === undefined
      ? []
      : [`#   FROM          ${from.name}, the OpenAPI document that this one was begun from`]),
    `#   ${PLACEHOLDER}   a likely name that is not looked up yet: replace it, or write undocumented`,
    '#   INFERRED      follows from an example and is stated nowhere: never relied upon',
    '#   undocumented  searched for and not found: never invented',
  ]
  return `# yaml-language-server: $schema=../_schema/spec.schema.json
#
# ${title}, the endpoints that issue tokens, and nothing else. Begun by \`pnpm new-provider\`, finished by hand.
#
# Every fact says where it comes from; SOURCES.md quotes the phrase it rests on.
${marks.join('\n')}
openapi: 3.1.0
info:
  title: ${JSON.stringify(title)}
  version: ${JSON.stringify(version)}
  summary: The operations that issue ${title} access tokens.
  description: >-
    ${PLACEHOLDER}: a sentence on what ${title} is. Its API takes an access token; this document describes how that token
    is obtained. The API's other operations are not part of it.
`
}

function isTenanted(url: string): boolean {
  return url.includes('{')
}

function servers({ servers: list, tenant }: ProviderPlan): string {
  const entries = list.map(
    ({ name, url, mark }) =>
      `  - url: ${isTenanted(url) ? JSON.stringify(url) : url}\n    x-name: ${name}\n    description: ${JSON.stringify(`${mark}.`)}\n${
        tenant && isTenanted(url) ? `    variables: { ${JSON.stringify(tenant.variable)}: { default: example } }\n` : ''
      }`,
  )
  return `# No server is a default: the user chooses one. An undocumented host is not offered.\nservers:\n${entries.join('')}`
}
