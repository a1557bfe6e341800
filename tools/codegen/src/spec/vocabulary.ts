import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv2020, type AnySchemaObject, type ErrorObject } from 'ajv/dist/2020.js'
import { didYouMean } from './did-you-mean.ts'
import type { DocumentedExample } from './example.ts'
import { isObject, type Json, type KeyPath } from './json.ts'
import { pointerSegments } from './json-pointer.ts'
import type { Lifecycle, StandardLifecycle } from './lifecycle.ts'
import type { Problem } from './problem.ts'

/** The JSON Schemas of `specs/_schema`, compiled. Editors read the same files. */
export interface Vocabulary {
  isLifecycle(value: unknown): value is Lifecycle
  isStandard(value: unknown): value is StandardLifecycle
  isExample(value: unknown): value is DocumentedExample
  /** What is wrong with a value that stands at `at`. */
  check(word: Word, value: Json, at: KeyPath): readonly Problem[]
  /** What is wrong with a body, by a schema in which no reference is left. */
  checkBody(schema: Json, body: Json, at: KeyPath): readonly Problem[]
}

/** What the vocabulary has a schema for. */
export type Word = 'lifecycle' | 'standard' | 'operationRetry' | 'documentRetry' | 'example'

/** The files that say it. */
export const SCHEMAS: readonly string[] = ['x-token-lifecycle', 'x-retry', 'example'].map(
  (name) => `${name}.schema.json`,
)

// By the text of the schemas. To compile them takes four times as long as to read and check a spec, and one process reads
// specs again and again: `generate --watch`, and the tests.
const vocabularies = new Map<string, Vocabulary>()

/** Reads the schemas below `root`. The same schemas are compiled once in a process. */
export async function loadVocabulary(root: string): Promise<Vocabulary> {
  const texts = await Promise.all(SCHEMAS.map((file) => readFile(join(root, 'specs', '_schema', file), 'utf8')))
  return vocabularyOf(texts)
}

/** The vocabulary of the texts of its schemas, in the order of `SCHEMAS`. */
export function vocabularyOf(texts: readonly string[]): Vocabulary {
  const key = JSON.stringify(texts)
  const vocabulary = vocabularies.get(key) ?? compileVocabulary(texts)
  vocabularies.set(key, vocabulary)
  return vocabulary
}

function compileVocabulary(texts: readonly string[]): Vocabulary {
  const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true, validateFormats: false })
  for (const [index, file] of SCHEMAS.entries()) {
    const schema: AnySchemaObject = JSON.parse(texts[index] ?? '')
    ajv.addSchema(schema, file)
  }
  const isLifecycle = ajv.compile<Lifecycle>({ $ref: 'x-token-lifecycle.schema.json#/$defs/written' })
  const isStandard = ajv.compile<StandardLifecycle>({ $ref: 'x-token-lifecycle.schema.json#/$defs/standard' })
  const isExample = ajv.compile<DocumentedExample>({ $ref: 'example.schema.json' })
  const validators = {
    lifecycle: isLifecycle,
    standard: isStandard,
    example: isExample,
    operationRetry: ajv.compile({ $ref: 'x-retry.schema.json#/$defs/onOperation' }),
    documentRetry: ajv.compile({ $ref: 'x-retry.schema.json#/$defs/onDocument' }),
  }
  return {
    isLifecycle: (value): value is Lifecycle => isLifecycle(value),
    isStandard: (value): value is StandardLifecycle => isStandard(value),
    isExample: (value): value is DocumentedExample => isExample(value),
    check(word, value, at) {
      const validate = validators[word]
      return validate(value) ? [] : problemsOf(validate.errors ?? [], at)
    },
    checkBody(schema, body, at) {
      const compiled = isObject(schema) ? schema : {}
      const validate = ajv.compile(compiled)
      // Each body has a schema of its own, which would be kept for as long as the vocabulary.
      ajv.removeSchema(compiled)
      return validate(body) ? [] : problemsOf(validate.errors ?? [], at)
    },
  }
}

function problemsOf(errors: readonly ErrorObject[], at: KeyPath): readonly Problem[] {
  // The branches of a oneOf each complain; the sentence of the oneOf itself says it all.
  const alternatives = errors.filter((error) => error.keyword === 'oneOf' || error.keyword === 'anyOf')
  return (
    errors
      // `if` and `propertyNames` only say that what they hold has complained.
      .filter(({ keyword }) => keyword !== 'if' && keyword !== 'propertyNames')
      .filter(
        (error) => !alternatives.some((one) => error !== one && error.schemaPath.startsWith(`${one.schemaPath}/`)),
      )
      .map((error) => ({
        at: [...at, ...pointerSegments(error.instancePath), ...extraKey(error)],
        ...sentenceOf(error),
      }))
  )
}

/** An unknown key is shown at the key, not at the object around it. */
function extraKey(error: ErrorObject): KeyPath {
  const extra: unknown = error.params['additionalProperty'] ?? error.propertyName
  return typeof extra === 'string' ? [extra] : []
}

function sentenceOf({
  keyword,
  params,
  parentSchema,
  data,
  message,
}: ErrorObject): Pick<Problem, 'sentence' | 'suggest'> {
  const comment: unknown = parentSchema?.['$comment']
  const value = typeof data === 'string' ? data : JSON.stringify(data)
  // A schema's comment is a whole sentence where alternatives fail, and completes one about the value elsewhere.
  if ((keyword === 'oneOf' || keyword === 'anyOf') && typeof comment === 'string') return { sentence: comment }
  if (keyword === 'additionalProperties') {
    const name = String(params['additionalProperty'])
    const known = Object.keys(parentSchema?.['properties'] ?? {})
    return { sentence: `\`${name}\` is not a word of the vocabulary here.`, suggest: didYouMean(name, known) }
  }
  if (keyword === 'required') return { sentence: `\`${String(params['missingProperty'])}\` is missing.` }
  if (keyword === 'enum' || keyword === 'const') {
    const allowed: readonly unknown[] = keyword === 'enum' ? params['allowedValues'] : [params['allowedValue']]
    const names = allowed.map(String)
    return { sentence: `\`${value}\` is not one of: ${names.join(', ')}.`, suggest: didYouMean(value, names) }
  }
  if ((keyword === 'pattern' || keyword === 'type') && typeof comment === 'string') {
    return { sentence: `\`${value}\` ${comment}` }
  }
  return { sentence: `\`${value}\` ${message ?? 'is not allowed here'}.` }
}
