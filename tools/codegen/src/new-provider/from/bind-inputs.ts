import { type JsonObject, listIn, objectIn } from '../../spec/json.ts'
import { PLACEHOLDER } from '../flows.ts'
import type { PlannedInput } from '../plan.ts'
import { type Field, fieldsOf } from './imported-schema.ts'
import type { TokenEndpoint } from './token-endpoints.ts'

/** Where the inputs of a flow go in an operation of another document. */
export interface Bound {
  readonly inputs: readonly PlannedInput[]
  /** Of the body, with a field for each input that no field could be found for. */
  readonly request: JsonObject | undefined
  readonly constants: Readonly<Record<string, string>>
  readonly untold: readonly string[]
}

/**
 * Finds a place for each input of a flow. One that has none keeps its placeholder, and whatever else the operation
 * requires becomes an input of its own: nothing that was found is given up.
 */
export function bindInputs(
  { path, request }: TokenEndpoint,
  flow: { readonly inputs: readonly PlannedInput[]; readonly constants: Readonly<Record<string, string>> },
  mark: string,
): Bound {
  const untold: string[] = []
  const free = new Map(request === undefined ? [] : ownFields(request).map((field) => [field.name, field]))
  const required = listIn(request, 'required')
  const constants: Record<string, string> = {}
  for (const { name, constant } of free.values()) {
    const value = constant ?? flow.constants[name]
    if (value === undefined) continue
    constants[name] = value
    free.delete(name)
  }
  const parameters = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name)
  const placed = flow.inputs.map((input): PlannedInput => {
    if (input.sentIn === 'bearer') return input
    const parameter = input.sentIn === 'path' ? parameters.shift() : undefined
    if (parameter !== undefined) return { ...called(input, parameter), sentIn: 'path', mark }
    const field = [...free.values()].find(({ name }) => (input.kind === 'secret' ? SECRET : IDENTITY).test(name))
    if (field === undefined) return { ...input, sentIn: 'body' }
    free.delete(field.name)
    return { ...called(input, field.name), sentIn: 'body', mark }
  })
  const inputs = withTheLastOne(placed, [...free.values()], required).map((input) => {
    free.delete(input.field)
    if (input.mark === PLACEHOLDER && input.sentIn === 'body') {
      untold.push(`Which field of POST ${path} takes ${input.name}: ${input.field} is a placeholder.`)
    }
    return input
  })
  const more = [
    ...[...free.keys()].filter((name) => required.includes(name)).map((field) => demanded(field, 'body')),
    ...parameters.map((field) => demanded(field, 'path')),
  ]
  for (const { field, name } of more) {
    untold.push(`What POST ${path} wants in ${field}, which it requires: it is the input ${name} for now.`)
  }
  const all = [...inputs, ...more]
  return { inputs: all, request: withFields(request, all), constants, untold }
}

/** The one field that is left belongs to the one input that is left, until a document says something else. */
function withTheLastOne(
  inputs: readonly PlannedInput[],
  free: readonly Field[],
  required: JsonObject[string],
): readonly PlannedInput[] {
  const unplaced = inputs.filter(({ mark, sentIn }) => mark === PLACEHOLDER && sentIn === 'body')
  const demandedFields = free.filter(({ name }) => Array.isArray(required) && required.includes(name))
  const [field, ...others] = demandedFields.length > 0 ? demandedFields : free
  if (unplaced.length !== 1 || field === undefined || others.length > 0) return inputs
  return inputs.map((input) => (input === unplaced[0] ? called(input, field.name) : input))
}

/** What an operation requires, and no input of the flow is. */
function demanded(field: string, sentIn: 'body' | 'path'): PlannedInput {
  const input = { name: 'unknown', description: `\`${field}\`, which the operation requires.`, field, sentIn }
  return called({ ...input, kind: sentIn === 'path' ? 'plain' : 'secret', mark: PLACEHOLDER }, field)
}

/** A body that has the fields of all inputs: a binding has to lead somewhere. */
function withFields(request: JsonObject | undefined, inputs: readonly PlannedInput[]): JsonObject | undefined {
  const sent = inputs.filter(({ sentIn }) => sentIn === 'body')
  if (sent.length === 0) return request
  const known = objectIn(request, 'properties')
  const missing = sent.filter(({ field }) => known[field] === undefined)
  const added = Object.fromEntries(missing.map(({ field }) => [field, { type: 'string', description: PLACEHOLDER }]))
  return { type: 'object', ...request, properties: { ...known, ...added } }
}

function ownFields(request: JsonObject): readonly Field[] {
  return fieldsOf(request).filter(({ pointer }) => pointer.lastIndexOf('/') === 0)
}

/** Called as the vendor calls it, in our spelling: `api_key` as `apiKey`. Options of every provider keep their names. */
function called(input: PlannedInput, field: string): PlannedInput {
  const words = field.replace(/[^A-Za-z0-9]+(.)?/g, (_, letter: string = '') => letter.toUpperCase())
  const name = words.charAt(0).toLowerCase() + words.slice(1)
  return { ...input, field, name: /^[a-z]/.test(name) && !OPTIONS.includes(name) ? name : input.name }
}

const OPTIONS = ['account', 'server', 'store', 'fetch', 'retry', 'clock', 'random', 'namespace']

const SECRET = /secret|password|senha|passphrase|private/i
const IDENTITY =
  /^(?!grant)(.*(id|user(name)?|login|e-?mail|consumer_?key|public_?key|api_?key|app_?key|key|account|cpf|cnpj))$/i
