import type { AnswerMatcher } from '../spec/call.ts'
import { didYouMean } from '../spec/did-you-mean.ts'
import type { Json, JsonObject, KeyPath } from '../spec/json.ts'
import { objectIn } from '../spec/json.ts'
import { issuingCallsOf } from '../spec/lifecycle.ts'
import { answersOf, jsonSchemaOf, type Operation } from '../spec/operations.ts'
import type { Problem } from '../spec/problem.ts'
import { dereference } from '../spec/references.ts'
import { lookUpInSchema } from '../spec/schema-pointer.ts'
import { issuedSchemes, operationOf } from '../spec/spec.ts'
import type { LintSubject, Rule } from './rule.ts'

/** What is said about an answer is about one that the operation documents. */
export const checkMatchers: Rule = (subject) =>
  issuedSchemes(subject.model).flatMap(({ at, lifecycle }) =>
    issuingCallsOf(lifecycle).flatMap(({ at: keys, call }) => {
      const operation = operationOf(subject.model, call.operationId)
      if (operation === undefined) return []
      const words = [
        ['dead', call.dead],
        ['denied', call.denied],
        ['misconfigured', call.misconfigured],
      ] as const
      return words.flatMap(([word, matchers = []]) =>
        matchers.flatMap((matcher, index) => {
          const place = [...at, ...keys, word, index]
          return [...checkSuccess(word, matcher, place), ...checkMatcher(subject, operation, matcher, place)]
        }),
      )
    }),
  )

/** Of a success the engine asks the provider nothing: what came with it may be all that is left. */
function checkSuccess(word: string, { status }: AnswerMatcher, at: KeyPath): readonly Problem[] {
  if (!String(status).startsWith('2') || word === 'misconfigured') return []
  const sentence = `An error in a success is \`misconfigured\`: \`${word}\` is for statuses that say that something failed.`
  return [{ at: [...at, 'status'], sentence }]
}

function checkMatcher(
  { model: { document }, vocabulary }: LintSubject,
  operation: Operation,
  { status, body = {}, header = {} }: AnswerMatcher,
  at: KeyPath,
): readonly Problem[] {
  const answers = answersOf(document, operation, status)
  const schemas = answers.flatMap((answer) => jsonSchemaOf(answer) ?? [])
  const fields = Object.entries(body)
  if (fields.length > 0 && schemas.length === 0) {
    const sentence = `\`${operation.id}\` documents no JSON schema of an answer ${status}, in which this could be looked up.`
    return [{ at: [...at, 'body'], sentence }]
  }
  return [
    ...fields.flatMap(([pointer, wanted]): readonly Problem[] => {
      const lookups = schemas.map((schema) => lookUpInSchema(document, schema, pointer))
      const found = lookups.find((lookup) => lookup.found)
      const place = [...at, 'body', pointer]
      if (found?.found === true) {
        const values: readonly Json[] = Array.isArray(wanted) ? wanted : [wanted]
        const schema = dereference(document, found.schema)
        return values.flatMap((value) => vocabulary.checkBody(schema, value, place).slice(0, 1))
      }
      const [lookup] = lookups
      if (lookup === undefined || lookup.found) return []
      const sentence = `The answer ${status} of \`${operation.id}\` has no \`${lookup.segment}\` in its schema.`
      return [{ at: place, sentence, suggest: didYouMean(lookup.segment, lookup.known) }]
    }),
    ...Object.keys(header).flatMap((name) => checkHeader(operation, answers, name, status, at)),
  ]
}

function checkHeader(
  { id }: Operation,
  answers: readonly JsonObject[],
  name: string,
  status: AnswerMatcher['status'],
  at: KeyPath,
): readonly Problem[] {
  const known = answers.flatMap((answer) => Object.keys(objectIn(answer, 'headers')))
  if (known.some((one) => one.toLowerCase() === name.toLowerCase())) return []
  const sentence = `The answer ${status} of \`${id}\` documents no header \`${name}\`.`
  return [{ at: [...at, 'header', name], sentence, suggest: didYouMean(name, known) }]
}
