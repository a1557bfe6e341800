import { expect, test } from 'vitest'
import { type AnswerMatcher, classifyBy, expectData, expectHeaders } from '../../src/kit/index.ts'
import { answer } from './support.ts'

function fits(matcher: AnswerMatcher, body: unknown, { status = 400, headers = {} } = {}): boolean {
  const classify = classifyBy({ refresh: { dead: [matcher] } })
  return classify({ phase: 'refresh', sent: 'answered', status, headers: new Headers(headers), body }) !== undefined
}

test.each<[name: string, AnswerMatcher, body: unknown, fits: boolean]>([
  ['a status', { status: 400 }, undefined, true],
  ['another status', { status: 401 }, undefined, false],
  ['a range', { status: '4XX' }, undefined, true],
  ['another range', { status: '5XX' }, undefined, false],
  ['a field', { status: 400, body: { '/error': 'invalid_grant' } }, { error: 'invalid_grant' }, true],
  ['one of several', { status: 400, body: { '/error': ['a', 'b'] } }, { error: 'b' }, true],
  ['none of several', { status: 400, body: { '/error': ['a', 'b'] } }, { error: 'c' }, false],
  ['a nested field', { status: 400, body: { '/a~1b/0/c~0d': 1 } }, { 'a/b': [{ 'c~d': 1 }] }, true],
  ['a number that is a text', { status: 400, body: { '/code': 1 } }, { code: '1' }, false],
  ['a boolean', { status: 400, body: { '/ok': false } }, { ok: false }, true],
  ['null, and not a missing field', { status: 400, body: { '/token': null } }, {}, false],
  ['a field that every object inherits', { status: 400, body: { '/constructor/name': 'Object' } }, {}, false],
  ['only one of two fields', { status: 400, body: { '/a': 1, '/b': 2 } }, { a: 1 }, false],
  ['a body that is a text', { status: 400, body: { '/error': 'x' } }, 'x', false],
])('%s', (_, matcher, body, expected) => {
  expect(fits(matcher, body)).toBe(expected)
})

test('headers are compared without regard to case', () => {
  const matcher: AnswerMatcher = { status: 400, header: { 'X-Error': ['Grant-Ended', 'other'] } }
  expect(fits(matcher, undefined, { headers: { 'x-error': 'GRANT-ENDED' } })).toBe(true)
  expect(fits(matcher, undefined, { headers: { 'x-error': 'else' } })).toBe(false)
  expect(fits(matcher, undefined)).toBe(false)
})

test('the first meaning counts, each call has its own, and a lost answer has none', () => {
  const all = [{ status: 400 }] as const
  const classify = classifyBy({ acquire: { misconfigured: all, denied: all }, refresh: { denied: all, dead: all } })
  const failure = { sent: 'answered', status: 400 } as const
  const exchange = classifyBy({ exchange: { dead: all } })
  expect(exchange({ ...failure, phase: 'exchange' })).toEqual({ kind: 'refresh-rejected' })
  expect(exchange({ ...failure, phase: 'refresh' })).toBeUndefined()
  expect(exchange({ ...failure, phase: 'revoke' })).toBeUndefined()
  expect(classify({ ...failure, phase: 'acquire' })).toEqual({ kind: 'credentials-rejected' })
  expect(classify({ ...failure, phase: 'refresh' })).toEqual({ kind: 'refresh-rejected' })
  expect(classify({ ...failure, phase: 'revoke' })).toBeUndefined()
  expect(classify({ phase: 'refresh', sent: 'maybe' })).toBeUndefined()
})

test.each([
  ['expectData', expectData],
  ['expectHeaders', expectHeaders],
])('%s takes an error in a success for a mistaken configuration, and quotes nothing of it', async (_, expectAnswer) => {
  const misconfigured = [{ status: 200, body: { '/ok': false } }] as const
  const error: unknown = await expectAnswer('login', answer(200, { ok: false, why: 's3cr3t' }), {
    misconfigured,
  }).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'misconfigured', status: 200 })
  expect(String(error)).not.toContain('s3cr3t')
  await expectAnswer('login', answer(200, { ok: true }), { misconfigured })
})
