import type { KeyPath } from '../spec/json.ts'
import type { SharedEndpoint, Subject } from './endpoints.ts'
import { OF_ANSWERS, OF_LIFECYCLES } from './standard-lifecycle.ts'

/** A part of an expansion, and what in the document it was written from. */
export interface Origin {
  readonly written: KeyPath
  readonly from: KeyPath
}

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
