import { environmentName } from '../emit/names.ts'
import { PLACEHOLDER } from './flows.ts'
import { indented } from './indented.ts'
import type { ProviderPlan, StandardTokens, Stated } from './plan.ts'
import { tenantInput, tenantVariables } from './tenant.ts'

/** Tokens by the standard, in the short form: what RFC 6749 leaves open, and nothing else. */
export function standardSpec(plan: ProviderPlan, tokens: StandardTokens): string {
  const { grant, tokenUrl, authorizationUrl, refreshUrl, scopes } = tokens
  const hasScopes = Object.keys(scopes).length > 0
  return `components:
  securitySchemes:
    accessToken:
      type: oauth2
      flows:
        ${grant}:
${[
  ...stated('authorizationUrl', authorizationUrl, 10),
  ...stated('tokenUrl', tokenUrl, 10),
  ...stated('refreshUrl', refreshUrl, 10),
].join('')}          # What exists, with what each is for.
${hasScopes ? indented({ scopes }, 10) : `          scopes: {} # ${PLACEHOLDER}\n`}      x-token-lifecycle:
        standard: oauth2 # RFC 6749; what follows is what it leaves open
${lifecycle(plan, tokens)}`
}

function lifecycle(
  { id, inputs, tenant }: ProviderPlan,
  { grant, client, content, pkce, revoke }: StandardTokens,
): string {
  const configured = inputs.map(
    ({ name, description }) => `          ${name}:
            description: ${JSON.stringify(`${description} ${PLACEHOLDER}: where a user finds it.`)}
            x-description-pt-BR: "${PLACEHOLDER}: the same in Portuguese."
            env: ${environmentName(id, name)}
`,
  )
  return [
    ...stated('client', client, 8),
    ...stated('content', content, 8),
    ...(grant === 'authorizationCode' ? stated('pkce', pkce, 8) : []),
    ...(revoke === undefined
      ? []
      : [`        revoke: { url: ${revoke.value}, content: ${content.value} } # ${revoke.mark}\n`]),
    `        inputs:\n${configured.join('')}${tenant ? tenantInput(tenant) : ''}`,
    ...(tenant ? [tenantVariables(tenant)] : []),
    '        # A length here, in place of this comment, is for answers without expires_in: expires: { otherwise: PT1H }\n',
    ...(grant === 'authorizationCode' ? REFRESH_TOKEN : REPEAT),
  ].join('')
}

const REPEAT = [
  '        # undocumented: what a second call does to the token of the first.\n',
  '        repeat: unknown\n',
]

const REFRESH_TOKEN = [
  '        # undocumented: what becomes of the refresh token that was sent, and when one ends.\n',
  '        refreshToken: { rotation: unknown, expires: undocumented }\n',
]

function stated(key: string, fact: Stated | undefined, spaces: number): readonly string[] {
  return fact === undefined
    ? []
    : [
        `${' '.repeat(spaces)}${key}: ${fact.value.includes('{') ? JSON.stringify(fact.value) : fact.value} # ${fact.mark}\n`,
      ]
}
