import { type JsonObject, listIn, objectIn, stringIn } from '../spec/json.ts'
import type { Operation } from '../spec/operations.ts'
import { dereference, follow } from '../spec/references.ts'
import { isElsewhere, type Server, type SpecModel, serversOf } from '../spec/spec.ts'
import { type Change, schemaChanges } from './schema-changes.ts'

/** How servers and operations differ: what users choose, and what `api` is typed by. */
export function documentChanges(before: SpecModel, after: SpecModel): readonly Change[] {
  return [...serverChanges(before, after), ...operationChanges(before, after)]
}

function serverChanges(before: SpecModel, after: SpecModel): readonly Change[] {
  const now = new Map(after.servers.map((server) => [server.name, addressOf(server)]))
  const old = new Map(before.servers.map((server) => [server.name, addressOf(server)]))
  return [
    ...[...old].flatMap(([name, url]): readonly Change[] => {
      const moved = now.get(name)
      if (moved === undefined) return [{ effect: 'breaks', sentence: `the server ${name} is gone` }]
      return moved === url ? [] : [{ effect: 'breaks', sentence: `the server ${name} was ${url} and is ${moved}` }]
    }),
    ...[...now.keys()]
      .filter((name) => !old.has(name))
      .map((name): Change => ({ effect: 'new', sentence: `the server ${name} is new` })),
  ]
}

function addressOf({ url, api }: Server): string {
  return api === undefined ? url : `${url}, with its API at ${api}`
}

function operationChanges(before: SpecModel, after: SpecModel): readonly Change[] {
  const removed = before.operations.filter(({ id }) => !after.operations.some((one) => one.id === id))
  const added = after.operations.filter(({ id }) => !before.operations.some((one) => one.id === id))
  return [
    ...removed.map(({ id }): Change => ({ effect: 'breaks', sentence: `the operation ${id} is gone` })),
    ...added.map(({ id }): Change => ({ effect: 'new', sentence: `the operation ${id} is new` })),
    ...before.operations.flatMap((old) => {
      const now = after.operations.find(({ id }) => id === old.id)
      if (now === undefined) return []
      const [was, is] = [
        `${old.method} ${old.path}${hostOf(before, old)}`,
        `${now.method} ${now.path}${hostOf(after, now)}`,
      ]
      return [
        ...(was === is ? [] : [{ effect: 'breaks' as const, sentence: `${old.id} was ${was} and is ${is}` }]),
        ...(old.replay === now.replay
          ? []
          : [{ effect: 'breaks' as const, sentence: `${old.id} was sent again ${old.replay} and is ${now.replay}` }]),
        ...signatureChanges(sourceOf(before, old), sourceOf(after, now), old.id),
      ]
    }),
  ]
}

/** Where it is, if it is not where the document's other operations are. */
function hostOf(model: SpecModel, operation: Operation): string {
  if (!isElsewhere(model, operation)) return ''
  return ` at ${serversOf(model, operation).map(addressOf).join(' or ')}`
}

/** The operation as the document has it, without references. */
function sourceOf({ document }: SpecModel, { method, path }: { method: string; path: string }): JsonObject {
  const item = objectIn(objectIn(document, 'paths'), path)
  const shared = listIn(item, 'parameters')
  const operation = objectIn(item, method.toLowerCase())
  const whole = { ...operation, parameters: [...shared, ...listIn(operation, 'parameters')] }
  return follow({}, dereference(document, whole))
}

function signatureChanges(before: JsonObject, after: JsonObject, id: string): readonly Change[] {
  return [
    ...schemaChanges(parametersOf(before), parametersOf(after), 'request', `${id} parameters`),
    ...schemaChanges(contentOf(before['requestBody']), contentOf(after['requestBody']), 'request', `${id} body`),
    ...schemaChanges(answersOf(before), answersOf(after), 'answer', `${id} answer`),
  ]
}

/** All parameters as one object, so that one comparison does for bodies and for them. */
function parametersOf(operation: JsonObject): JsonObject {
  const parameters = listIn(operation, 'parameters').map((parameter) => {
    const name = `${stringIn(parameter, 'in')}.${stringIn(parameter, 'name')}`
    const { required, schema = {} } = follow({}, parameter)
    return { name, isRequired: required === true, schema }
  })
  return {
    type: 'object',
    required: parameters.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
  }
}

/** The schemas of a body by content type, and the answers by status, as objects again. */
function contentOf(holder: JsonObject[string] | undefined): JsonObject | undefined {
  if (holder === undefined) return undefined
  const content = Object.entries(objectIn(holder, 'content'))
  return { properties: Object.fromEntries(content.map(([type, media]) => [type, objectIn(media, 'schema')])) }
}

function answersOf(operation: JsonObject): JsonObject {
  const responses = Object.entries(objectIn(operation, 'responses'))
  return { properties: Object.fromEntries(responses.map(([status, answer]) => [status, contentOf(answer) ?? {}])) }
}
