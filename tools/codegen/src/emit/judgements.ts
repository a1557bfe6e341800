import type { AnswerMatcher, IssuedLifecycle, IssuingCall } from '../spec/lifecycle.ts'
import type { AuthorKit } from './author-kit.ts'

/** The members `classify` and `judge`: what failed token calls and answers of the API mean. */
export function judgements(kit: AuthorKit, lifecycle: IssuedLifecycle): readonly string[] {
  const refused = lifecycle.rejected?.map(({ status }) => status) ?? [401]
  const isDefault = refused.length === 1 && refused[0] === 401
  return [
    ...classifySource(kit, lifecycle),
    ...(isDefault ? [] : [`judge: ${kit.use('refusedWhen')}([${refused.join(', ')}])`]),
  ]
}

function classifySource(kit: AuthorKit, { acquire, refresh }: IssuedLifecycle): readonly string[] {
  const meanings = { acquire: acquire && meaningsOf(acquire), refresh: refresh && meaningsOf(refresh, refresh.dead) }
  const statuses = refresh?.dead?.map(({ status }) => status) ?? []
  // The usual case has a helper of its own: only statuses, and only of a refresh token.
  const isPlain =
    JSON.stringify(meanings) ===
    JSON.stringify({ acquire: acquire && {}, refresh: { dead: statuses.map((status) => ({ status })) } })
  if (isPlain && statuses.every((status) => typeof status === 'number')) {
    return statuses.length === 0 ? [] : [`classify: ${kit.use('spentWhen')}([${statuses.join(', ')}])`]
  }
  const said = Object.entries(meanings).filter(([, words]) => words !== undefined && Object.keys(words).length > 0)
  return said.length === 0 ? [] : [`classify: ${kit.use('classifyBy')}(${JSON.stringify(Object.fromEntries(said))})`]
}

/** Errors in a success are found where the answer is read: of a success nothing is classified. */
function meaningsOf({ denied, misconfigured = [] }: IssuingCall, dead?: readonly AnswerMatcher[]): object {
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
