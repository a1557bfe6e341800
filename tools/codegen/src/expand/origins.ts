import type { KeyPath } from '../spec/json.ts'
import type { Origin } from '../spec/origin.ts'
import type { SharedEndpoint, Subject } from './endpoints.ts'
import { OF_ANSWERS, OF_LIFECYCLES } from './standard-lifecycle.ts'

/** Where each part of an expansion comes from. */
export function originsOf(
  subjects: readonly Subject[],
  endpoints: readonly SharedEndpoint[],
  schemas: readonly string[],
): readonly Origin[] {
  const [first] = subjects
  const standard = first === undefined ? [] : [...placeOf(first), 'standard']
  return [
    ...subjects.flatMap(lifecycleOrigins),
    ...endpoints.map(({ path, from }) => ({ written: ['paths', path], from })),
    ...schemas.map((schema) => ({ written: ['components', 'schemas', schema], from: standard })),
  ]
}

function lifecycleOrigins(subject: Subject): readonly Origin[] {
  const { facts, flow } = subject
  const at = placeOf(subject)
  const { inputs = {} } = facts
  const words = Object.keys(facts)
  const unmoved: readonly KeyPath[] = [
    ...Object.keys(inputs).map((name) => ['inputs', name]),
    ...OF_LIFECYCLES.filter((word) => words.includes(word)).map((word) => [word]),
  ]
  const calls: readonly KeyPath[] = [['acquire'], ['consent', 'exchange'], ['refresh'], ['revoke']]
  const copied = [...OF_ANSWERS, 'parameters', 'body', 'repeat'].filter((word) => words.includes(word))
  const request: readonly (readonly [word: string, from: KeyPath])[] = [
    ['url', [...flow.at, 'authorizationUrl']],
    ['parameters', [...at, 'authorization']],
    ...['scopes', 'pkce', 'issuer']
      .filter((word) => words.includes(word))
      .map((word) => [word, [...at, word]] as const),
  ]
  return [
    { written: at, from: [...at, 'standard'] },
    ...unmoved.map((keys) => ({ written: [...at, ...keys], from: [...at, ...keys] })),
    ...calls.flatMap((call) => copied.map((word) => ({ written: [...at, ...call, word], from: [...at, word] }))),
    ...(words.includes('scopes') ? [{ written: [...at, 'acquire', 'body', 'scope'], from: [...at, 'scopes'] }] : []),
    { written: [...at, 'revoke'], from: [...at, 'revoke', 'url'] },
    ...request.map(([word, from]) => ({ written: [...at, 'consent', 'request', word], from })),
  ]
}

function placeOf({ name }: Subject): KeyPath {
  return ['components', 'securitySchemes', name, 'x-token-lifecycle']
}
