import { PLACEHOLDER } from './flows.ts'
import type { ProviderPlan, StandardTokens, WrittenTokens } from './plan.ts'

/** The `SOURCES.md` of a new provider: a line for each fact that needs one, and what is still to be looked up. */
export function sourcesText(plan: ProviderPlan): string {
  const { title, from, tokens, inputs, servers } = plan
  const bound = inputs.map(({ name }) => `\`inputs.${name}\``).join(', ')
  return `# Sources of the ${title} spec

Begun by \`pnpm new-provider\`. \`${PLACEHOLDER}\` marks what is not looked up yet: replace it here and in
[openapi.yaml](openapi.yaml) by the phrase that says so, with its document and date, or by \`undocumented\`.

| mark | document | read at |
| ---- | -------- | ------- |
| ${from === undefined ? PLACEHOLDER : 'FROM'} | ${from === undefined ? 'none yet' : `\`${from.name}\``} | ${PLACEHOLDER} |

\`INFERRED\` follows from an example and is stated nowhere; nothing relies on it. \`undocumented\` was searched for in all
of the above and not found.

## What each fact rests on

Keys of the lifecycle are those of \`components.securitySchemes.accessToken.x-token-lifecycle\`.

- ${bound}: ${PLACEHOLDER}.
${(tokens.kind === 'standard' ? standardFacts(tokens) : writtenFacts(tokens)).map((line) => `- ${line}\n`).join('')}- Servers: ${servers.map(({ url, mark }) => `\`${url}\` (${mark})`).join(', ')}.

## Undocumented

${[...(from?.untold ?? []), 'Revocation, rate limits, scopes, and what an error looks like.'].map((line) => `- ${line}`).join('\n')}
`
}

function writtenFacts({ token, refresh }: WrittenTokens): readonly string[] {
  const isKnown = token.expires.format !== 'undocumented'
  const ends = refresh === undefined ? '`acquire.expires`' : '`acquire.expires`, `refresh.expires`'
  return [
    `\`acquire.operationId\` is \`POST ${token.path}\`: ${token.mark}.`,
    `\`acquire.token\`: ${token.mark}.`,
    `${ends}: ${token.mark}; its form is ${token.expires.format}.${isKnown ? ' The fifteen minutes of `otherwise` are **ours**.' : ''}`,
    '`acquire.repeat` is `unknown`: undocumented.',
    ...(refresh === undefined || token.refreshToken === undefined
      ? []
      : [
          `\`acquire.refreshToken.expires\`, \`refresh.refreshToken.expires\`: ${PLACEHOLDER}; its form is undocumented.`,
          '`acquire.refreshToken.rotation`, `refresh.refreshToken.rotation` are `unknown`: undocumented.',
          `\`refresh.operationId\` is \`POST ${refresh.path}\`: ${PLACEHOLDER}.`,
        ]),
    `\`rejected\` is 401: ${PLACEHOLDER}.`,
  ]
}

function standardFacts({ grant, tokenUrl, authorizationUrl, client, content, pkce, revoke, scopes }: StandardTokens) {
  const names = Object.keys(scopes)
  return [
    `\`flows.${grant}.tokenUrl\` is \`${tokenUrl.value}\`: ${tokenUrl.mark}.`,
    ...(authorizationUrl === undefined
      ? []
      : [`\`flows.${grant}.authorizationUrl\` is \`${authorizationUrl.value}\`: ${authorizationUrl.mark}.`]),
    `\`flows.${grant}.scopes\`: ${names.length === 0 ? PLACEHOLDER : tokenUrl.mark}.`,
    `\`client\` is \`${client.value}\`: ${client.mark}.`,
    `\`content\` is \`${content.value}\`: ${content.mark}.`,
    ...(revoke === undefined ? [] : [`\`revoke\`: ${revoke.mark}.`]),
    ...(grant === 'authorizationCode'
      ? [
          `\`pkce\` is \`${pkce.value}\`: ${pkce.mark}.`,
          '`refreshToken.rotation` is `unknown`, `refreshToken.expires` is `undocumented`.',
        ]
      : ['`repeat` is `unknown`: undocumented.']),
  ]
}
