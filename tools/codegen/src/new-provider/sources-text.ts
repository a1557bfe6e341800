import { PLACEHOLDER } from './flows.ts'
import type { ProviderPlan } from './plan.ts'

/** The `SOURCES.md` of a new provider: a line for each fact that needs one, and what is still to be looked up. */
export function sourcesText(plan: ProviderPlan): string {
  const { title, from, token, refresh, inputs, servers } = plan
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
- \`acquire.operationId\` is \`POST ${token.path}\`: ${token.mark}.
- \`acquire.token\`: ${token.mark}.
- \`acquire.expires\`${refresh === undefined ? '' : ', `refresh.expires`'}: ${token.mark}; its form is ${token.expires.format}.${
    token.expires.format === 'undocumented' ? '' : ' The fifteen minutes of `otherwise` are **ours**.'
  }
- \`acquire.repeat\` is \`unknown\`: undocumented.
${
  token.refreshToken === undefined
    ? ''
    : `- \`acquire.refreshToken.expires\`, \`refresh.refreshToken.expires\`: ${PLACEHOLDER}; its form is undocumented.
- \`acquire.refreshToken.rotation\`, \`refresh.refreshToken.rotation\` are \`unknown\`: undocumented.
- \`refresh.operationId\` is \`POST ${refresh?.path}\`: ${PLACEHOLDER}.
`
}- \`rejected\` is 401: ${PLACEHOLDER}.
- Servers: ${servers.map(({ url, mark }) => `\`${url}\` (${mark})`).join(', ')}.

## Undocumented

${[...(from?.untold ?? []), 'Revocation, rate limits, scopes, and what an error looks like.'].map((line) => `- ${line}`).join('\n')}
`
}
