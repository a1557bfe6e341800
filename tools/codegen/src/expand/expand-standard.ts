import type { Problem } from '../lint/problem.ts'
import { isObject, type Json, type JsonObject, type KeyPath, objectIn, stringIn } from '../spec/json.ts'
import type { StandardLifecycle } from '../spec/lifecycle.ts'
import type { Vocabulary } from '../spec/vocabulary.ts'
import { checkFlow } from './check-flow.ts'
import { standardLifecycle } from './standard-lifecycle.ts'
import { withTokenOperation } from './token-operation.ts'

/** A part of an expansion, and what in the document it was written from. */
export interface Origin {
  readonly written: KeyPath
  readonly from: KeyPath
}

/** A document with ordinary operations and lifecycles in place of `standard: oauth2`. */
export interface Expansion {
  readonly document: JsonObject
  readonly origins: readonly Origin[]
  /** Why a scheme was left as it is. */
  readonly problems: readonly Problem[]
}

/** Writes `standard: oauth2` out. Pure: nothing but the document is read, and it stays as it is. */
export function expandStandard(source: JsonObject, vocabulary: Vocabulary): Expansion {
  const schemes = Object.entries(objectIn(source['components'], 'securitySchemes'))
  let expansion: Expansion = { document: source, origins: [], problems: [] }
  for (const [name, scheme] of schemes) {
    const facts = isObject(scheme) ? scheme['x-token-lifecycle'] : undefined
    if (!isObject(scheme) || !isObject(facts) || facts['standard'] === undefined) continue
    expansion = expandScheme(expansion, source, { name, scheme, facts }, vocabulary)
  }
  return expansion
}

interface Subject {
  readonly name: string
  readonly scheme: JsonObject
  readonly facts: JsonObject
}

function expandScheme(
  { document, origins, problems }: Expansion,
  source: JsonObject,
  { name, scheme, facts }: Subject,
  vocabulary: Vocabulary,
): Expansion {
  const at: KeyPath = ['components', 'securitySchemes', name]
  const place = [...at, 'x-token-lifecycle']
  const left = (found: readonly Problem[]): Expansion => ({ document, origins, problems: [...problems, ...found] })
  if (!vocabulary.isStandard(facts)) return left(vocabulary.check('standard', facts, place))
  const found = checkFlow(source, scheme, facts, at)
  if ('path' in found) {
    if (objectIn(document, 'paths')[found.path] !== undefined) {
      const sentence = 'Another scheme has this token endpoint. The generator writes one scheme for each.'
      return left([{ at: [...at, 'flows', 'clientCredentials', 'tokenUrl'], sentence }])
    }
    const withOperation = withTokenOperation(document, found, facts)
    const lifecycle = standardLifecycle(facts, withOperation.operationId)
    const description = stringIn(scheme, 'description')
    const written: JsonObject = {
      type: 'http',
      scheme: 'bearer',
      ...(description !== undefined && { description }),
      'x-token-lifecycle': lifecycle,
    }
    return {
      document: withScheme(withOperation.document, name, written),
      origins: [
        ...origins,
        { written: place, from: [...place, 'standard'] },
        ...unmoved(facts).map((keys) => ({ written: [...place, ...keys], from: [...place, ...keys] })),
        ...copied(facts).map((word) => ({ written: [...place, 'acquire', word], from: [...place, word] })),
        { written: ['paths', found.path], from: [...at, 'flows', 'clientCredentials', 'tokenUrl'] },
        ...withOperation.schemas.map((schema) => ({
          written: ['components', 'schemas', schema],
          from: [...place, 'standard'],
        })),
      ],
      problems,
    }
  }
  return left(found)
}

/** What is where it was. */
function unmoved({ inputs = {}, api, rejected, persist }: StandardLifecycle): readonly KeyPath[] {
  const names = Object.keys(inputs).map((name) => ['inputs', name])
  return [
    ...names,
    ...(api ? [['api']] : []),
    ...(rejected ? [['rejected']] : []),
    ...(persist === false ? [['persist']] : []),
  ]
}

/** The words that are taken over as they are. */
function copied(facts: StandardLifecycle): readonly string[] {
  return ['parameters', 'body', 'expires', 'granted', 'meta', 'secrets', 'denied', 'misconfigured', 'repeat'].filter(
    (word) => word in facts,
  )
}

function withScheme(document: JsonObject, name: string, scheme: Json): JsonObject {
  const components = objectIn(document, 'components')
  const securitySchemes = { ...objectIn(components, 'securitySchemes'), [name]: scheme }
  return { ...document, components: { ...components, securitySchemes } }
}

/** Where in the document that the author wrote a place of the expansion comes from. */
export function originOf(origins: readonly Origin[], at: KeyPath): KeyPath | undefined {
  const around = origins.filter(({ written }) => written.every((key, index) => key === at[index]))
  const nearest = around.sort((one, other) => other.written.length - one.written.length)[0]
  return nearest && [...nearest.from, ...rest(nearest, at)]
}

/** What was taken over word by word is placed to the last key. */
function rest({ written, from }: Origin, at: KeyPath): KeyPath {
  return written.at(-1) === from.at(-1) ? at.slice(written.length) : []
}
