import { durationInWords } from '../spec/duration.ts'
import { allInputs, defaultValue, inputsOf } from '../spec/inputs.ts'
import type { Input } from '../spec/lifecycle.ts'
import { serverVariables } from '../spec/server-variables.ts'
import type { IssuedScheme, Spec } from '../spec/spec.ts'
import type { AuthorKit } from './author-kit.ts'
import { commentText, docComment, pascalCase, readableNumber } from './names.ts'

/** The inputs of all lifecycles as one type: what an account is configured with. */
export function inputsInterface(kit: AuthorKit, spec: Spec): string {
  const members = [...allInputs(spec)].map(([name, input]) => inputMember(kit, name, input))
  return [
    `/** What an account at ${spec.title} is configured with. */`,
    `export interface ${pascalCase(spec.id)}Inputs {`,
    ...members,
    '}',
  ].join('\n')
}

/** The inputs of one lifecycle, its parents' included. At run time it takes no others, so its type asks for no others. */
export function inputsOfScheme(spec: Spec, scheme: IssuedScheme): { readonly name: string; readonly source?: string } {
  const all = `${pascalCase(spec.id)}Inputs`
  const names = [...inputsOf(spec, scheme).keys()]
  if (names.length === allInputs(spec).size) return { name: all }
  const name = `${pascalCase(spec.id)}${scheme.name.charAt(0).toUpperCase()}${scheme.name.slice(1)}Inputs`
  const picked = names.length === 0 ? 'never' : names.map((one) => JSON.stringify(one)).join(' | ')
  const comment = `/** What an account at ${spec.title} with a \`${scheme.name}\` alone is configured with. */`
  return { name, source: `${comment}\nexport type ${name} = Pick<${all}, ${picked}>` }
}

/** What a program passes beside the server, where each tenant has a host of its own. */
export function tenantInterface(kit: AuthorKit, spec: Spec): string {
  const members = [...serverVariables(spec).values()].map(({ name, input }) => inputMember(kit, name, input))
  return [
    `/** Which tenant of ${spec.title} is meant: a part of its host. */`,
    `export interface ${pascalCase(spec.id)}Tenant {`,
    ...members,
    '}',
  ].join('\n')
}

function inputMember(kit: AuthorKit, name: string, input: Input): string {
  const isOptional = input.default !== undefined || input.optional === true
  return `${inputComment(input)}\n${name}${isOptional ? '?' : ''}: ${inputType(kit, input)}${isOptional ? ' | undefined' : ''}`
}

function inputType(kit: AuthorKit, { kind, secret }: Input): string {
  if (kind === 'duration') return 'number'
  if (kind === 'certificate') return kit.type('CertificateInput')
  return secret === true ? kit.type('SecretInput') : 'string'
}

function inputComment(input: Input): string {
  const unit = input.kind === 'duration' ? ' In milliseconds.' : ''
  const text = `${input.description.trim()}${unit}`
  const value = defaultValue(input)
  if (value === undefined) return `/** ${commentText(text)} */`
  // The unit is in the name; a month of milliseconds wants words anyway.
  const shown =
    typeof value === 'number' ? `${readableNumber(value)} (${durationInWords(input.default ?? '')})` : `'${value}'`
  return docComment([text, `@default ${shown}`])
}
