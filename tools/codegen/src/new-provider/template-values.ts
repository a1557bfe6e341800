import { camelCase, environmentName, pascalCase } from '../emit/names.ts'
import type { ExpiryFormat } from '../spec/call.ts'
import { pointerSegments } from '../spec/json-pointer.ts'
import type { PlannedInput, ProviderPlan, StandardTokens, WrittenTokens } from './plan.ts'
import { withoutBraces } from './tenant.ts'

/** What the templates of `tools/codegen/templates` are filled with, by name. An empty value leaves its section out. */
export function templateValues(plan: ProviderPlan): Readonly<Record<string, string>> {
  const { id, title, inputs, servers, tokens, tenant } = plan
  const names = [...inputs.map(({ name }) => name), ...(tenant === undefined ? [] : [tenant.name])]
  const identity = inputs.find(({ kind }) => kind === 'identity')?.name ?? ''
  const serverNames = servers.map(({ name }) => `\`'${name}'\``).join(', ')
  return {
    id,
    title,
    name: camelCase(id),
    Name: pascalCase(id),
    a: /^[aeiou]/i.test(title) ? 'an' : 'a',
    A: /^[aeiou]/i.test(title) ? 'An' : 'A',
    identity,
    secret: inputs.find(({ kind }) => kind === 'secret')?.name ?? '',
    server: servers[0]?.name ?? '',
    serverNames,
    tenant: tenant?.name ?? '',
    tenantExample: tenant === undefined ? '' : ` ${tenant.name}: 'example',`,
    inputNames: names.join(', '),
    inputConstants: names.map((name) => `${name}: string`).join(', '),
    environmentInputs: names.map((name) => `  ${name}: process.env.${environmentName(id, name)} ?? '',`).join('\n'),
    optionRows: rows(
      inputs,
      'none',
      inEnglish,
      tenant && [tenant.name, "The part of the server's address that is yours"],
    ),
    optionRowsPt: rows(
      inputs,
      'nenhum',
      inPortuguese,
      tenant && [tenant.name, 'A parte do endereço do servidor que é sua'],
    ),
    ...(tokens.kind === 'standard' ? standardValues(plan, tokens) : writtenValues(plan, tokens)),
  }
}

/** The rows of the inputs in a table of options, and of the tenant. */
function rows(
  inputs: readonly PlannedInput[],
  none: string,
  say: (input: PlannedInput) => string,
  tenant: readonly [name: string, text: string] | undefined,
): string {
  const all = [...inputs.map((input) => [input.name, say(input)] as const), ...(tenant === undefined ? [] : [tenant])]
  return all.map(([name, text]) => `| \`${name}\` | ${none} | ${text} |`).join('\n')
}

function writtenValues({ inputs }: ProviderPlan, tokens: WrittenTokens): Readonly<Record<string, string>> {
  const { token, refresh } = tokens
  return {
    consent: '',
    accountOption: '',
    accountOptionPt: '',
    credentialFields: inputs
      .map(({ name, description }) => `  /** ${description} */\n  readonly ${name}: string`)
      .join('\n'),
    demonstration: inputs.map(({ name }) => `  ${name}: 'simulated-${name.toLowerCase()}',`).join('\n'),
    operationId: token.operationId,
    status: token.status,
    tellsExpiry: String(token.expires.format !== 'undocumented'),
    ...acceptance(inputs),
    refreshOperation: refresh?.operationId ?? '',
    refreshField: refresh?.field ?? '',
    answer: answerSource(tokens),
  }
}

function standardValues({ servers }: ProviderPlan, tokens: StandardTokens): Readonly<Record<string, string>> {
  const { grant, tokenUrl, authorizationUrl, revoke, scopes, client, content } = tokens
  const isConsent = grant === 'authorizationCode'
  // Below the server, whose path the simulator does not have.
  const below = (url: string): string => (servers.length === 1 ? url.replace(`${servers[0]?.url}/`, '/') : url)
  const pathOf = (url: string): string => new URL(withoutBraces(below(url)), 'https://simulator.test').pathname
  return {
    consent: isConsent ? 'yes' : '',
    accountOption: isConsent ? "account: 'shop-42', " : '',
    accountOptionPt: isConsent ? "account: 'loja-42', " : '',
    tokenPath: pathOf(tokenUrl.value),
    authorizationPath: pathOf(authorizationUrl?.value ?? '/'),
    revocationPath: revoke === undefined ? 'false' : `'${pathOf(revoke.value)}'`,
    client: client.value,
    content: content.value,
    grants: isConsent ? "'authorization_code', 'refresh_token'" : "'client_credentials'",
    scopes: Object.keys(scopes)
      .map((scope) => `'${scope}'`)
      .join(', '),
  }
}

function inEnglish({ kind, description }: PlannedInput): string {
  const text = description.replace(/\.$/, '')
  const given = { identity: '; it also names the account', plain: '' }
  return kind === 'secret'
    ? `${text}: a string, a \`Secret\`, or a function, called when it is needed`
    : text + given[kind]
}

function inPortuguese({ kind, name }: PlannedInput): string {
  const given = {
    identity: 'também dá nome à conta',
    secret: 'uma string, um `Secret` ou uma função, chamada quando ele é necessário',
    plain: 'uma string',
  }
  return `\`${name}\`: ${given[kind]}`
}

/** How the simulator looks at the credentials of a call. */
function acceptance(inputs: readonly PlannedInput[]): Readonly<Record<string, string>> {
  const parts = { body: 'body', path: 'params', bearer: 'headers' } as const
  const used = [...new Set(inputs.map(({ sentIn }) => parts[sentIn]))].sort()
  const checks = inputs.map(({ name, field, sentIn }) => {
    const sent = {
      body: `body[${JSON.stringify(field)}]`,
      path: `params[${JSON.stringify(field)}]`,
      bearer: 'bearerToken(headers)',
    }[sentIn]
    return `${sent} === credentials.${name}`
  })
  const isInBody = used.includes('body')
  return {
    callParts: used.join(', '),
    accepted: [...(isInBody ? ['isJsonObject(body)'] : []), ...checks].join(' && '),
    sentInBody: isInBody ? 'yes' : '',
  }
}

interface Tree {
  [name: string]: string | Tree
}

/** How an end is written; a length in seconds where nothing says it. */
const ENDS: Partial<Record<ExpiryFormat, string>> = {
  rfc3339: 'new Date(token.expiresAt).toISOString()',
  'epoch-seconds': 'Math.floor(token.expiresAt / 1_000)',
  'epoch-millis': 'token.expiresAt',
}

/** The simulator's answer: what the documented pointers lead to. */
function answerSource({ token, refresh }: WrittenTokens): string {
  const root: Tree = {}
  const end = ENDS[token.expires.format] ?? 'lifetimeMs / 1_000'
  if (token.expires.at !== token.accessToken) place(root, token.expires.at, end)
  if (refresh !== undefined && token.refreshExpires !== token.refreshToken) {
    place(root, token.refreshExpires ?? '', '2 * (lifetimeMs / 1_000)')
  }
  if (refresh !== undefined) place(root, token.refreshToken ?? '', 'token.refresh')
  place(root, token.accessToken, 'token.value')
  return written(root)
}

function place(root: Tree, pointer: string, source: string): void {
  const names = pointerSegments(pointer)
  let tree = root
  for (const name of names.slice(0, -1)) {
    const inner = tree[name]
    const next: Tree = typeof inner === 'object' ? inner : {}
    tree[name] = next
    tree = next
  }
  tree[names.at(-1) ?? ''] = source
}

function written(tree: Tree): string {
  const fields = Object.entries(tree).map(([name, value]) => {
    return `${JSON.stringify(name)}: ${typeof value === 'string' ? value : written(value)}`
  })
  return `{ ${fields.join(', ')} }`
}
