import { expect, it } from 'vitest'
import { classifyTokenError } from '../../oauth/token-error.ts'

it('a refresh token that is no good is not sent again', () => {
  const failure = { phase: 'refresh', sent: 'answered', status: 400, body: { error: 'invalid_grant' } } as const
  expect(classifyTokenError(failure)).toEqual({ kind: 'refresh-rejected' })
})

it.each([
  ['asks for a pause', 429, { error: 'invalid_client' }],
  ['is the server’s own trouble', 500, { error: 'invalid_grant' }],
  ['has an error that no standard names', 400, { error: 'account_locked' }],
  ['has a body that is no object', 400, 'invalid_grant'],
  ['has no body', 400, undefined],
])('an answer that %s is left to the engine', (_, status, body) => {
  expect(classifyTokenError({ phase: 'refresh', sent: 'answered', status, body })).toBeUndefined()
})

it('so is an answer that never came', () => {
  expect(classifyTokenError({ phase: 'refresh', sent: 'maybe' })).toBeUndefined()
})
