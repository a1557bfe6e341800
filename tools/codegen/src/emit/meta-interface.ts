import { parseExpression } from '../spec/expression.ts'
import { type JsonObject, listIn } from '../spec/json.ts'
import { issuingCallsOf, keptNames } from '../spec/lifecycle.ts'
import { lookUpInSchema } from '../spec/schema-pointer.ts'
import { type IssuedScheme, operationOf, type Spec } from '../spec/spec.ts'
import type { AuthorKit } from './author-kit.ts'
import { pascalCase } from './names.ts'

/** What is kept of the answers beside the token, as a type; an answer may leave any of it out. */
export function metaInterface(
  kit: AuthorKit,
  spec: Spec,
  { name, lifecycle }: IssuedScheme,
  isOneOfSeveral: boolean,
): { readonly name: string; readonly source: string } | undefined {
  const fields = new Map(
    issuingCallsOf(lifecycle).flatMap(({ call }) =>
      Object.entries(call.meta ?? {}).map(([field, text]) => [field, typeAt(spec, call.operationId, text)] as const),
    ),
  )
  const secrets = keptNames(lifecycle, 'secrets')
  if (fields.size === 0 && secrets.length === 0) return undefined
  const scheme = isOneOfSeveral ? name.charAt(0).toUpperCase() + name.slice(1) : ''
  const type = `${pascalCase(spec.id)}${scheme}Meta`
  const names = secrets.map((one) => JSON.stringify(one)).join(' | ')
  const keeps = secrets.length === 0 ? undefined : `${kit.type('KeepsSecrets')}<${names}>`
  if (fields.size === 0) {
    const comment = `/** The secrets that are kept of the answers of ${spec.title} beside the \`${name}\`, by name. */`
    return { name: type, source: `${comment}\nexport type ${type} = ${keeps}` }
  }
  const secrecy =
    keeps === undefined ? 'None of it is secret.' : 'None of it is secret; the secrets are named beside it.'
  const source = [
    `/** What is kept of the answers of ${spec.title} beside the \`${name}\`. ${secrecy} */`,
    `export interface ${type} ${keeps === undefined ? '' : `extends ${keeps} `}{`,
    ...[...fields].map(([field, one]) => `${field}?: ${one} | undefined`),
    '}',
  ].join('\n')
  return { name: type, source }
}

function typeAt(spec: Spec, operationId: string, text: string): string {
  const expression = parseExpression(text)
  if (expression.kind === 'header' || expression.kind === 'callback') return 'string'
  if (expression.kind !== 'body') return UNKNOWN
  const found = lookUpInSchema(spec.document, operationOf(spec, operationId)?.success?.schema, expression.pointer)
  return found.found ? typeOf(found.schema) : UNKNOWN
}

const UNKNOWN = 'string | number | boolean'

function typeOf(schema: JsonObject): string {
  const { type } = schema
  const types = typeof type === 'string' ? [type] : listIn(schema, 'type')
  const known = types.flatMap((one) => {
    if (one === 'integer' || one === 'number') return ['number']
    return one === 'string' || one === 'boolean' ? [one] : []
  })
  return known.length === 0 ? UNKNOWN : [...new Set(known)].join(' | ')
}
