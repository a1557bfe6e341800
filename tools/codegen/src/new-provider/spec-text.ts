import { stringifyYaml } from '@redocly/openapi-core'
import { environmentName } from '../emit/names.ts'
import type { JsonObject } from '../spec/json.ts'
import { PLACEHOLDER } from './flows.ts'
import type { PlannedInput, ProviderPlan } from './plan.ts'

// A pointer has to lead somewhere; what is in an undocumented form is never read.
const NO_END = `${PLACEHOLDER}: no field states an end, so this is not read`
const UNKNOWN_REPEAT = 'undocumented: what a second call does to the token of the first.'

/** The `openapi.yaml` of a new provider: every fact marked with where it comes from, or as a placeholder. */
export function specText(plan: ProviderPlan): string {
  return [
    heading(plan),
    servers(plan),
    'tags:\n  - name: authentication\n    description: Tokens are issued here.\n',
    `security:\n  - accessToken: [] # ${PLACEHOLDER}\n`,
    paths(plan),
    components(plan),
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

function servers({ servers: list }: ProviderPlan): string {
  const entries = list.map(
    ({ name, url, mark }) => `  - url: ${url}\n    x-name: ${name}\n    description: ${JSON.stringify(`${mark}.`)}\n`,
  )
  return `# No server is a default: the user chooses one. An undocumented host is not offered.\nservers:\n${entries.join('')}`
}

function paths(plan: ProviderPlan): string {
  const { token, refresh } = plan
  const bearer = plan.inputs.find(({ sentIn }) => sentIn === 'bearer')
  const parameters = plan.inputs.filter(({ sentIn }) => sentIn === 'path')
  const issue = `  ${token.path}:
    post:
      operationId: ${token.operationId}
      tags: [authentication]
      summary: Issues an access token.
      description: >-
        ${token.mark}: method, path${token.request === undefined ? '' : ', body'} and answer. ${UNKNOWN_REPEAT}
      security: ${bearer === undefined ? '[]' : `\n        - ${bearer.name}: []`}
      x-retry:
        # undocumented whether a second call ends the first token, so a call that may have been applied is not repeated.
        replay: unprocessed
${parameters.map(parameter).join('')}${token.request === undefined ? '' : body('TokenRequest')}${responses(token.status)}`
  return `paths:\n${issue}${refresh === undefined ? '' : refreshPath(refresh.path, refresh.operationId, token.status)}`
}

function refreshPath(path: string, operationId: string, status: string): string {
  return `  ${path}:
    post:
      operationId: ${operationId}
      tags: [authentication]
      summary: Exchanges a refresh token for a new access token and a new refresh token.
      description: >-
        ${PLACEHOLDER}: method, path, body and answer. undocumented: whether the refresh token that was sent stays valid.
      security: []
      x-retry:
        # It may spend the refresh token, so a call that may have been applied is not repeated.
        replay: unprocessed
${body('RefreshRequest')}${responses(status)}`
}

function parameter({ field, description }: PlannedInput): string {
  return `      parameters:
        - name: ${field}
          in: path
          required: true
          description: ${JSON.stringify(`${PLACEHOLDER}: ${description}`)}
          schema:
            type: string
`
}

function body(schema: string): string {
  return `      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: "#/components/schemas/${schema}"
`
}

function responses(status: string): string {
  return `      responses:
        "${status}":
          description: The access token.
          content:
            application/json:
              schema:
                $ref: "#/components/schemas/TokenAnswer"
        "401":
          $ref: "#/components/responses/Undocumented"
        default:
          $ref: "#/components/responses/Undocumented"
`
}

function components(plan: ProviderPlan): string {
  const bearer = plan.inputs.find(({ sentIn }) => sentIn === 'bearer')
  const supplied = `    ${bearer?.name}:
      type: http
      scheme: bearer
      description: >-
        ${PLACEHOLDER}: the permanent key opens the token endpoint, and nothing here issues it.
      x-token-lifecycle:
        supplied: true
`
  const { token, refresh } = plan
  const refreshRequest = refresh && {
    type: 'object',
    required: [refresh.field],
    properties: { [refresh.field]: { type: 'string', description: PLACEHOLDER } },
  }
  const schemas = { TokenRequest: token.request, RefreshRequest: refreshRequest, TokenAnswer: token.answer }
  return `components:
  securitySchemes:
${bearer === undefined ? '' : supplied}    accessToken:
      type: http
      scheme: bearer
      description: >-
        ${PLACEHOLDER}: the header that the API takes. The token is treated as opaque.
      x-token-lifecycle:
${lifecycle(plan)}
  schemas:
${Object.entries(schemas)
  .map(([name, schema]) => (schema === undefined ? '' : indented({ [name]: schema }, 4)))
  .join('')}
  responses:
    Undocumented:
      description: >-
        undocumented: what an error looks like, 429 and 5xx included. Any body is possible.
      content:
        application/json:
          schema: {}
`
}

function lifecycle({ id, inputs, token, refresh, persist }: ProviderPlan): string {
  const configured = inputs.map(
    ({ name, description, kind }) => `          ${name}:
            description: ${JSON.stringify(`${description} ${PLACEHOLDER}: where a user finds it.`)}
            ${kind}: true
            env: ${environmentName(id, name)}
`,
  )
  const sent = [
    ...Object.entries(token.constants).map(([field, value]) => `            ${field}: ${value} # ${token.mark}\n`),
    ...inputs
      .filter(({ sentIn }) => sentIn === 'body')
      .map(({ field, name }) => `            ${field}: $inputs.${name} # ${token.mark}\n`),
  ]
  const path = inputs.find(({ sentIn }) => sentIn === 'path')
  const bearer = inputs.find(({ sentIn }) => sentIn === 'bearer')
  return `${persist ? '' : '        persist: false # a session is short: it is not worth a place in a store\n'}        inputs:
${configured.join('')}        acquire:
          operationId: ${token.operationId}
${path === undefined ? '' : `          parameters:\n            path.${path.field}: $inputs.${path.name} # ${token.mark}\n`}${
  bearer === undefined
    ? ''
    : `          security:\n            ${bearer.name}: $inputs.${bearer.name} # ${token.mark}\n`
}${bodyOf(token, sent)}${tokens(token)}          # ${UNKNOWN_REPEAT}
          repeat: unknown
${
  refresh === undefined
    ? ''
    : `        refresh:
          operationId: ${refresh.operationId}
          body:
            ${refresh.field}: $token.refresh # ${PLACEHOLDER}
${tokens(token)}          dead:
            - status: 401 # ${PLACEHOLDER}
`
}        rejected:
          - status: 401 # ${PLACEHOLDER}
`
}

function bodyOf({ request, mark }: ProviderPlan['token'], sent: readonly string[]): string {
  if (sent.length > 0) return `          body:\n${sent.join('')}`
  return request === undefined ? '' : `          body: {} # ${mark}: nothing in it is required\n`
}

function tokens({ mark, accessToken, expires, refreshToken, refreshExpires }: ProviderPlan['token']): string {
  const issued = `          token: $response.body#${accessToken} # ${mark}
          expires:
            at: $response.body#${expires.at} # ${expires.at === accessToken ? NO_END : mark}
            format: ${expires.format}
${expires.format === 'undocumented' ? '' : '            # undocumented what a missing or past date means. Fifteen minutes is our choice.\n            otherwise: PT15M\n'}`
  if (refreshToken === undefined) return issued
  return `${issued}          refreshToken:
            token: $response.body#${refreshToken} # ${mark}
            expires:
              at: $response.body#${refreshExpires} # ${refreshExpires === refreshToken ? NO_END : mark}
              format: undocumented
            # undocumented what becomes of the refresh token that was sent.
            rotation: unknown
`
}

function indented(value: JsonObject, spaces: number): string {
  return stringifyYaml(value, { lineWidth: 120 - spaces })
    .trimEnd()
    .split('\n')
    .map((line) => `${' '.repeat(spaces)}${line}\n`)
    .join('')
}
