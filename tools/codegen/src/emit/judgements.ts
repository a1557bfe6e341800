import type { AnswerMatcher, IssuingCall } from '../spec/call.ts'
import { type IssuedLifecycle, issuingCallsOf } from '../spec/lifecycle.ts'
import type { AuthorKit } from './author-kit.ts'

/** What failed token calls and answers of the API mean. */
interface Judgements {
  /** What the members name. */
  readonly statements: readonly string[]
  /** `classify` and `judge`. */
  readonly members: readonly string[]
}

export function judgements(kit: AuthorKit, lifecycle: IssuedLifecycle): Judgements {
  const { rejected = [{ status: 401 }] } = lifecycle
  const byBody = rejected.filter(({ body }) => body !== undefined)
  const byHead = refusedAnswers(rejected.filter(({ body }) => body === undefined))
  const { statements, members } = classifySource(kit, lifecycle)
  return {
    statements,
    members: [
      ...members,
      ...(byHead === '[401]' ? [] : [`judge: ${kit.use('refusedWhen')}(${byHead})`]),
      ...(byBody.length === 0 ? [] : [`judgeBody: ${kit.use('refusedByBody')}(${JSON.stringify(byBody)})`]),
    ],
  }
}

/** Answers of which the status is all that counts are written as that. */
export function refusedAnswers(rejected: readonly AnswerMatcher[]): string {
  return JSON.stringify(rejected.map((one) => (one.body || one.header || isRange(one) ? one : one.status)))
}

function isRange({ status }: AnswerMatcher): boolean {
  return typeof status === 'string'
}

function classifySource(kit: AuthorKit, lifecycle: IssuedLifecycle): Judgements {
  const said = issuingCallsOf(lifecycle).flatMap(({ key, call }) => {
    const meanings = meaningsOf(call)
    return Object.keys(meanings).length === 0 ? [] : [[key, meanings] as const]
  })
  if (said.length === 0) return { statements: [], members: [] }
  // The usual case has a helper of its own: only statuses, and only of a refresh token.
  const statuses = lifecycle.refresh?.dead?.map(({ status }) => status) ?? []
  const plain = [['refresh', { dead: statuses.map((status) => ({ status })) }]]
  if (JSON.stringify(said) === JSON.stringify(plain) && statuses.every((status) => typeof status === 'number')) {
    return { statements: [], members: [`classify: ${kit.use('spentWhen')}([${statuses.join(', ')}])`] }
  }
  const [first, second] = said.map(([, meanings]) => JSON.stringify(meanings))
  if (first !== undefined && first === second) {
    const members = said.map(([key]) => `${key}: meanings`).join(', ')
    return {
      statements: [`const meanings: ${kit.type('AnswerMeanings')} = ${first}`],
      members: [`classify: ${kit.use('classifyBy')}({ ${members} })`],
    }
  }
  return {
    statements: [],
    members: [`classify: ${kit.use('classifyBy')}(${JSON.stringify(Object.fromEntries(said))})`],
  }
}

/** Errors in a success are found where the answer is read: of a success nothing is classified. */
function meaningsOf({ dead, denied, misconfigured = [] }: IssuingCall): object {
  const failures = misconfigured.filter((matcher) => !isOfSuccess(matcher))
  return {
    ...(dead && { dead }),
    ...(denied && { denied }),
    ...(failures.length > 0 && { misconfigured: failures }),
  }
}

/** Is it about an answer with a status that says that all went well? */
export function isOfSuccess({ status }: AnswerMatcher): boolean {
  return String(status).startsWith('2')
}
