import { didYouMean } from '../spec/did-you-mean.ts'
import type { DocumentedExample } from '../spec/example.ts'
import { type Json, type KeyPath, objectIn } from '../spec/json.ts'
import { jsonSchemaOf, type Operation } from '../spec/operations.ts'
import type { Problem } from '../spec/problem.ts'
import { dereference, follow } from '../spec/references.ts'
import { operationOf, type SpecModel } from '../spec/spec.ts'
import type { Vocabulary } from '../spec/vocabulary.ts'

/** A documented example belongs to an operation and fits its schemas. Positions are within the example. */
export function checkExample(example: Json, model: SpecModel, vocabulary: Vocabulary): readonly Problem[] {
  if (!vocabulary.isExample(example)) return vocabulary.check('example', example, [])
  const operation = operationOf(model, example.operation)
  if (operation === undefined) {
    return [
      {
        at: ['operation'],
        sentence: `There is no operation \`${example.operation}\` in the spec.`,
        suggest: didYouMean(
          example.operation,
          model.operations.map(({ id }) => id),
        ),
      },
    ]
  }
  return [
    ...checkQuery(example, operation),
    ...checkBody(model, vocabulary, operation.body?.schema, example.request.body, ['request', 'body']),
    ...checkAnswer(example, model, vocabulary, operation),
  ]
}

function checkQuery(example: DocumentedExample, operation: Operation): readonly Problem[] {
  const known = operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name)
  return Object.keys(example.request.query ?? {})
    .filter((name) => !known.includes(name))
    .map((name) => ({
      at: ['request', 'query', name],
      sentence: `\`${operation.id}\` has no query parameter \`${name}\`.`,
      suggest: didYouMean(name, known),
    }))
}

function checkAnswer(
  { response }: DocumentedExample,
  model: SpecModel,
  vocabulary: Vocabulary,
  operation: Operation,
): readonly Problem[] {
  const status = String(response.status)
  if (!operation.statuses.includes(status)) {
    return [{ at: ['response', 'status'], sentence: `\`${operation.id}\` lists no answer with status ${status}.` }]
  }
  const [paths, path, method] = operation.at
  const described = objectIn(objectIn(objectIn(model.document, String(paths)), String(path)), String(method))
  const answer = follow(model.document, objectIn(described, 'responses')[status])
  return checkBody(model, vocabulary, jsonSchemaOf(answer), response.body, ['response', 'body'])
}

function checkBody(
  model: SpecModel,
  vocabulary: Vocabulary,
  schema: Json | undefined,
  body: Json | undefined,
  at: KeyPath,
): readonly Problem[] {
  if (body === undefined || schema === undefined) return []
  return vocabulary.checkBody(dereference(model.document, schema), body, at)
}
