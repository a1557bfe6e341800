import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { isObject, type JsonObject, listIn, stringIn } from '../spec/json.ts'
import { jsonObjectOf, parseDocument } from '../spec/parse-document.ts'
import type { PlannedServer, ProviderPlan } from './plan.ts'
import { type FoundOperation, findTokenOperation } from './token-operation.ts'

/**
 * Carries over what another OpenAPI document says about a provider: its title, its servers, and the operation that issues
 * tokens, where that can be told. Everything else stays a placeholder, and `from.untold` says what.
 *
 * @throws SpecError when the file is neither YAML nor JSON; TypeError when it is no OpenAPI document.
 */
export async function recognise(plan: ProviderPlan, file: string): Promise<ProviderPlan> {
  const name = basename(file)
  const document = jsonObjectOf(parseDocument(await readFile(file, 'utf8'), file, name))
  if (!/^3\.[01]\./.test(stringIn(document, 'openapi') ?? '')) {
    throw new TypeError(
      `${name} is no OpenAPI document of version 3.0 or 3.1: its field openapi says so or is missing.`,
    )
  }
  const servers = serversOf(document, name)
  const found = findTokenOperation(document, plan)
  const untold = [
    ...(servers.length > 0 ? [] : ['The servers: none with an absolute https URL is listed.']),
    ...(typeof found === 'string' ? [found] : found.untold),
    'What a second call does, what becomes of a used refresh token, and which answers mean that a token is dead.',
  ]
  return {
    ...(typeof found === 'string' ? plan : withOperation(plan, found, name)),
    title: stringIn(document['info'], 'title') ?? plan.title,
    version: stringIn(document['info'], 'version') ?? plan.version,
    servers: servers.length > 0 ? servers : plan.servers,
    from: { name, untold },
  }
}

function withOperation(plan: ProviderPlan, found: FoundOperation, name: string): ProviderPlan {
  const token = { ...plan.token, ...found.token, mark: `FROM ${name}` }
  return { ...plan, inputs: found.inputs, token, refresh: token.refreshToken === undefined ? undefined : plan.refresh }
}

/** Named after what their descriptions or hosts say; a server with variables or without a host is not offered. */
function serversOf(document: JsonObject, name: string): readonly PlannedServer[] {
  const names = new Set<string>()
  return listIn(document, 'servers').flatMap((server) => {
    const url = stringIn(server, 'url') ?? ''
    if (!isObject(server) || !/^https:\/\/[^{}]+$/.test(url)) return []
    const words = `${stringIn(server, 'description') ?? ''} ${url}`
    const kind = KINDS.find(([, pattern]) => pattern.test(words))?.[0] ?? 'production'
    let unique = kind
    for (let count = 2; names.has(unique); count += 1) unique = `${kind}-${count}`
    names.add(unique)
    return [{ name: unique, url: url.replace(/\/$/, ''), mark: `FROM ${name}` }]
  })
}

const KINDS: readonly (readonly [string, RegExp])[] = [
  ['sandbox', /sandbox/i],
  ['homologation', /homolog|\bhml?\b|-hom\b/i],
  ['test', /\btests?\b|\btst\b|testes|staging/i],
]
