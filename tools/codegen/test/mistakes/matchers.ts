import type { Mistake } from './mistake.ts'

const member = 'components.securitySchemes.memberToken.x-token-lifecycle'
const dead = 'dead: [{ status: 400, body: { /error/code: 7 } }]'

function deadSays(matcher: string): Mistake['edits'] {
  return [{ from: dead, to: `dead: [${matcher}]` }]
}

/** What answers mean. In the spec of bureau. */
export const matcherMistakes: readonly Mistake[] = [
  {
    name: 'a matcher without a status',
    edits: deadSays('{ body: { /error/code: 7 } }'),
    keyPath: `${member}.refresh.dead.0`,
    sentence: '`status` is missing.',
  },
  {
    name: 'a range that does not exist',
    edits: deadSays('{ status: 4xx }'),
    keyPath: `${member}.refresh.dead.0.status`,
    sentence: '`4xx` is not one of: 2XX, 3XX, 4XX, 5XX. Did you mean `4XX`?',
  },
  {
    name: 'a field that the answer with that status does not have',
    edits: deadSays('{ status: 400, body: { /error/kode: 7 } }'),
    keyPath: `${member}.refresh.dead.0.body./error/kode`,
    sentence: 'The answer 400 of `renewMember` has no `kode` in its schema. Did you mean `code`?',
  },
  {
    name: 'a field of an answer that is not documented',
    edits: deadSays('{ status: 409, body: { /error/code: 7 } }'),
    keyPath: `${member}.refresh.dead.0.body`,
    sentence: '`renewMember` documents no JSON schema of an answer 409, in which this could be looked up.',
  },
  {
    name: 'a field without a pointer',
    edits: deadSays('{ status: 400, body: { error: 7 } }'),
    keyPath: `${member}.refresh.dead.0.body.error`,
    sentence: '`error` is not a JSON Pointer. Begin with `/`',
  },
  {
    name: 'a value that the field never has',
    edits: deadSays('{ status: 400, body: { /error/code: [7, 70] } }'),
    keyPath: `${member}.refresh.dead.0.body./error/code`,
    sentence: '`70` is not one of: 7, 8, 9, 12, 13.',
  },
  {
    name: 'a value of another type',
    edits: deadSays('{ status: 400, body: { /error/code: "7" } }'),
    keyPath: `${member}.refresh.dead.0.body./error/code`,
    sentence: '`7` must be integer.',
  },
  {
    name: 'an expression where a value is compared',
    edits: deadSays('{ status: 400, body: { /error/code: $inputs.word } }'),
    keyPath: `${member}.refresh.dead.0.body./error/code`,
    sentence: '`$inputs.word` is not a value to compare with.',
  },
  {
    name: 'a header that is not documented with that status',
    edits: [{ from: 'X-Reason: [unknown-member', to: 'X-Reson: [unknown-member' }],
    keyPath: `${member}.acquire.denied.0.header.X-Reson`,
    sentence: 'The answer 403 of `admitMember` documents no header `X-Reson`. Did you mean `X-Reason`?',
  },
  {
    name: 'an error in a success that spends the refresh token',
    edits: deadSays('{ status: 200, body: { /ok: false } }'),
    keyPath: `${member}.refresh.dead.0.status`,
    sentence: 'An error in a success is `misconfigured`: `dead` is for statuses that say that something failed.',
  },
  {
    name: 'a dead refresh token in an acquire',
    edits: [{ from: 'denied: [{ status: 403', to: 'dead: [{ status: 403' }],
    keyPath: `${member}.acquire.dead`,
    sentence: '`dead` is not a word of the vocabulary here.',
  },
]
