import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type JsonObject, stringIn } from '../../spec/json.ts'
import { jsonObjectOf, parseDocument } from '../../spec/parse-document.ts'
import type { StandardChoices } from '../flows.ts'
import type { ProviderPlan } from '../plan.ts'
import { serversOf } from './servers-of.ts'
import { findStandard } from './standard-tokens.ts'
import { findTokenOperation } from './token-operation.ts'

/**
 * Carries over what another OpenAPI document says about a provider: its title, its servers, and how it issues tokens, as
 * far as that can be told. Everything else stays a placeholder, and `from.untold` says what.
 *
 * @throws SpecError when the file is neither YAML nor JSON; TypeError when it is not an OpenAPI document.
 */
export async function recognise(plan: ProviderPlan, file: string, choices: StandardChoices): Promise<ProviderPlan> {
  const name = basename(file)
  const document = jsonObjectOf(parseDocument(await readFile(file, 'utf8'), file, name))
  if (!/^3\.[01]\./.test(stringIn(document, 'openapi') ?? '')) {
    throw new TypeError(
      `${name} is not an OpenAPI document of version 3.0 or 3.1: its field openapi says so or is missing.`,
    )
  }
  const mark = `FROM ${name}`
  const found = serversOf(document, mark)
  const titled = {
    ...plan,
    title: stringIn(document['info'], 'title') ?? plan.title,
    version: stringIn(document['info'], 'version') ?? plan.version,
    ...(found.servers.length > 0 ? { servers: found.servers, tenant: found.tenant } : {}),
  }
  const { untold, ...read } = readTokens(document, titled, choices, mark)
  return { ...titled, ...read, from: { name, untold: [...found.untold, ...untold, ...UNTOLD[titled.tokens.kind]] } }
}

type Read = Partial<ProviderPlan> & { readonly untold: readonly string[] }

function readTokens(document: JsonObject, plan: ProviderPlan, choices: StandardChoices, mark: string): Read {
  const { tokens, servers } = plan
  return tokens.kind === 'standard'
    ? findStandard({ document, tokens, servers, choices, mark })
    : findTokenOperation(document, plan, tokens, mark)
}

// What no OpenAPI document has a place for.
const UNTOLD = {
  written: [
    'What a second call does, what becomes of a used refresh token, and which answers mean that a token is dead.',
  ],
  standard: ['What a second call does, and what becomes of a used refresh token.'],
} as const
