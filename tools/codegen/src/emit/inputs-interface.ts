import { durationInWords } from '../spec/duration.ts'
import { allInputs, defaultValue } from '../spec/inputs.ts'
import type { Input } from '../spec/lifecycle.ts'
import { serverVariables } from '../spec/server-variables.ts'
import type { Spec } from '../spec/spec.ts'
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
  // The unit is in the name; a month of milliseconds wants words all the same.
  const shown =
    typeof value === 'number' ? `${readableNumber(value)} (${durationInWords(input.default ?? '')})` : `'${value}'`
  return docComment([text, `@default ${shown}`])
}
