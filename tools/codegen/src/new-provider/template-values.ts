import { camelCase, environmentName, pascalCase } from '../emit/names.ts'
import { pointerSegments } from '../spec/json-pointer.ts'
import type { PlannedInput, ProviderPlan } from './plan.ts'

/** What the templates of `tools/codegen/templates` are filled with, by name. An empty value leaves its section out. */
export function templateValues(plan: ProviderPlan): Readonly<Record<string, string>> {
  const { id, title, inputs, servers, token, refresh } = plan
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
    inputNames: inputs.map(({ name }) => name).join(', '),
    inputConstants: inputs.map(({ name }) => `${name}: string`).join(', '),
    environmentInputs: inputs
      .map(({ name }) => `  ${name}: process.env.${environmentName(id, name)} ?? '',`)
      .join('\n'),
    optionRows: inputs.map((input) => `| \`${input.name}\` | none | ${inEnglish(input)} |`).join('\n'),
    optionRowsPt: inputs.map((input) => `| \`${input.name}\` | nenhum | ${inPortuguese(input)} |`).join('\n'),
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
    answer: answerSource(plan),
  }
}

function inEnglish({ kind, description }: PlannedInput): string {
  const text = description.replace(/\.$/, '')
  return kind === 'identity'
    ? `${text}; it also names the account`
    : `${text}: a string, a \`Secret\`, or a function, called when it is needed`
}

function inPortuguese({ kind, name }: PlannedInput): string {
  return kind === 'identity'
    ? `\`${name}\`: também dá nome à conta`
    : `\`${name}\`: uma string, um \`Secret\` ou uma função, chamada quando ele é necessário`
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

/** The simulator's answer: what the documented pointers lead to. */
function answerSource({ token, refresh }: ProviderPlan): string {
  const root: Tree = {}
  const end = token.expires.format === 'rfc3339' ? 'new Date(token.expiresAt).toISOString()' : 'lifetimeMs / 1_000'
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
