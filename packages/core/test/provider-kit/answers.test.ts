import { expect, test } from 'vitest'
import { isChaveiroError } from '../../src/index.ts'
import {
  expectData,
  expectDone,
  expectHeaders,
  optionalExpiry,
  rfc3339,
  type TypedAnswer,
} from '../../src/kit/index.ts'
import { answer, recordingIo } from './support.ts'

const secretJson = '{"access_token":"s3cr3t-value'

/** What a typed client rejects with when a successful answer is not JSON: an error that quotes it. */
async function unparsable(): Promise<TypedAnswer<never>> {
  return JSON.parse(secretJson)
}

test('data is an object, or the answer is malformed', async () => {
  expect(await expectData('login', answer(200, { token: 't' }))).toEqual({ token: 't' })
  await expect(expectData('login', answer(200))).rejects.toMatchObject({ code: 'malformed-response' })
  await expect(expectData('login', answer(200, 'text'))).rejects.toMatchObject({ code: 'malformed-response' })
})

test('headers come with the data, where there is some', async () => {
  const response = new Response(null, { status: 204, headers: { 'x-session': 't' } })

  const { headers, data } = await expectHeaders('login', Promise.resolve({ response }))

  expect(headers.get('X-Session')).toBe('t')
  expect(data).toBeUndefined()
})

test.each([
  ['expectData', expectData],
  ['expectHeaders', expectHeaders],
  ['expectDone', expectDone],
])('%s names the operation and the status of a failure, and nothing else', async (_name, expectAnswer) => {
  const error: unknown = await expectAnswer('login', answer(503)).catch((reason: unknown) => reason)

  expect(isChaveiroError(error)).toBe(true)
  expect(error).toMatchObject({ code: 'unavailable', message: 'login was answered with 503.' })
})

test.each([
  ['expectData', expectData],
  ['expectHeaders', expectHeaders],
])('%s keeps no parser’s error, because that quotes the answer', async (_name, expectAnswer) => {
  const error: unknown = await expectAnswer('login', unparsable()).catch((reason: unknown) => reason)

  expect(error).toMatchObject({ code: 'malformed-response' })
  expect(error).not.toHaveProperty('cause')
  expect(String(error instanceof Error && error.stack)).not.toContain('s3cr3t')
})

test('a call is done when it succeeded, whatever the body, or when its object was gone already', async () => {
  await expectDone('revoke', answer(204))
  await expectDone('revoke', unparsable())
  await expectDone('revoke', answer(404), { gone: [404, 410] })
  await expect(expectDone('revoke', answer(404))).rejects.toMatchObject({ code: 'unavailable' })
  await expect(expectDone('revoke', Promise.reject(new TypeError('reset')))).rejects.toThrow('reset')
})

test('a refresh token’s end that cannot be read is assumed where the spec says what', () => {
  const io = recordingIo()

  expect(optionalExpiry(io, rfc3339('soon'), { otherwiseMs: 1000 })).toBe(io.now + 1000)
  expect(optionalExpiry(io, rfc3339('2020-01-01T00:00:00Z'), { otherwiseMs: 1000 })).toBe(io.now + 1000)
  expect(optionalExpiry(io, rfc3339(undefined), { otherwiseMs: 1000 })).toBe(io.now + 1000)
  expect(optionalExpiry(io, rfc3339('2027-01-01T00:00:00Z'), { otherwiseMs: 1000 })).toBe(
    Date.parse('2027-01-01T00:00:00Z'),
  )
  expect(optionalExpiry(io, rfc3339('soon'))).toBeUndefined()
})
