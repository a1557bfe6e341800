import { environmentName } from '../emit/names.ts'
import { PLACEHOLDER } from './flows.ts'
import { indented } from './indented.ts'
import type { Content, PlannedInput, ProviderPlan, RefreshOperation, TokenOperation, WrittenTokens } from './plan.ts'
import { tenantInput, tenantVariables } from './tenant.ts'

// A pointer has to lead somewhere; what is in an undocumented form is never read.
const NO_END = `${PLACEHOLDER}: no field states an end, so this is not read`
const UNKNOWN_REPEAT = 'undocumented: what a second call does to the token of the first.'

/** The operations and the lifecycle of tokens that are not issued by the standard. */
export function writtenSpec(plan: ProviderPlan, tokens: WrittenTokens): string {
  return [paths(plan, tokens), components(plan, tokens)].join('\n')
}

function paths(plan: ProviderPlan, { token, refresh }: WrittenTokens): string {
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
${parameters.length === 0 ? '' : `      parameters:\n${parameters.map(parameter).join('')}`}${
  token.request === undefined ? '' : body('TokenRequest', token.content)
}${responses(token.status)}`
  return `paths:\n${issue}${refresh === undefined ? '' : refreshPath(refresh, token)}`
}

function refreshPath({ path, operationId }: RefreshOperation, { status, content }: TokenOperation): string {
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
${body('RefreshRequest', content)}${responses(status)}`
}

function parameter({ field, description }: PlannedInput): string {
  return `        - name: ${field}
          in: path
          required: true
          description: ${JSON.stringify(`${PLACEHOLDER}: ${description}`)}
          schema:
            type: string
`
}

function body(schema: string, content: Content): string {
  return `      requestBody:
        required: true
        content:
          ${content === 'form' ? 'application/x-www-form-urlencoded' : 'application/json'}:
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

function components(plan: ProviderPlan, tokens: WrittenTokens): string {
  const bearer = plan.inputs.find(({ sentIn }) => sentIn === 'bearer')
  const supplied = `    ${bearer?.name}:
      type: http
      scheme: bearer
      description: >-
        ${PLACEHOLDER}: the permanent key opens the token endpoint, and nothing here issues it.
      x-token-lifecycle:
        supplied: true
`
  const { token, refresh } = tokens
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
${lifecycle(plan, tokens)}
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

function lifecycle({ id, inputs, tenant }: ProviderPlan, { token, refresh, persist }: WrittenTokens): string {
  const configured = inputs.map(
    ({ name, description, kind }) => `          ${name}:
            description: ${JSON.stringify(`${description} ${PLACEHOLDER}: where a user finds it.`)}
            x-description-pt-BR: "${PLACEHOLDER}: the same in Portuguese."
            ${kind === 'plain' ? 'secret: false' : `${kind}: true`}
            env: ${environmentName(id, name)}
`,
  )
  const sent = [
    ...Object.entries(token.constants).map(([field, value]) => `            ${field}: ${value} # ${token.mark}\n`),
    ...inputs
      .filter(({ sentIn }) => sentIn === 'body')
      .map(({ field, name, mark }) => `            ${field}: $inputs.${name} # ${mark}\n`),
  ]
  const inPath = inputs.filter(({ sentIn }) => sentIn === 'path')
  const bearer = inputs.find(({ sentIn }) => sentIn === 'bearer')
  return `${persist ? '' : '        persist: false # a session is short: it is not worth a place in a store\n'}        inputs:
${configured.join('')}${tenant ? tenantInput(tenant) + tenantVariables(tenant) : ''}        acquire:
          operationId: ${token.operationId}
${inPath.length === 0 ? '' : `          parameters:\n${inPath.map(({ field, name, mark }) => `            path.${field}: $inputs.${name} # ${mark}\n`).join('')}`}${
  bearer === undefined
    ? ''
    : `          security:\n            ${bearer.name}: $inputs.${bearer.name} # ${bearer.mark}\n`
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

function bodyOf({ request, mark }: TokenOperation, sent: readonly string[]): string {
  if (sent.length > 0) return `          body:\n${sent.join('')}`
  return request === undefined ? '' : `          body: {} # ${mark}: nothing in it is required\n`
}

function tokens({ mark, accessToken, expires, refreshToken, refreshExpires }: TokenOperation): string {
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
