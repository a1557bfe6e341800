import { expect, test } from 'vitest'
import { withParent } from '../../src/kit/index.ts'
import { answer, recordingIo } from './support.ts'

test('a call carries the token of its parent', async () => {
  const io = recordingIo()
  const sent: string[] = []

  const { data } = await withParent(io, 'session', ({ authorization }) => {
    sent.push(authorization ?? '')
    return answer(201, { id: 1 })
  })

  expect(data).toEqual({ id: 1 })
  expect(sent).toEqual(['Bearer parent-1'])
  expect(io.asked).toEqual([{ scheme: 'session', newerThan: undefined }])
})

test('a call that is refused is made once more, with a newer token', async () => {
  const io = recordingIo()
  const sent: string[] = []

  const { response } = await withParent(io, 'session', ({ authorization }) => {
    sent.push(authorization ?? '')
    return answer(sent.length === 1 ? 401 : 201)
  })

  expect(response.status).toBe(201)
  expect(sent).toEqual(['Bearer parent-1', 'Bearer parent-2'])
  expect(io.asked[1]).toEqual({ scheme: 'session', newerThan: 'parent-1' })
})

test('a second refusal is the answer', async () => {
  const io = recordingIo()

  const { response } = await withParent(io, 'session', () => answer(401))

  expect(response.status).toBe(401)
  expect(io.asked).toHaveLength(2)
})

test('any other failure is the answer at once', async () => {
  const io = recordingIo()

  expect((await withParent(io, 'session', () => answer(403))).response.status).toBe(403)
  await expect(withParent(io, 'session', () => Promise.reject(new TypeError('reset')))).rejects.toThrow('reset')
  expect(io.asked).toHaveLength(2)
})

test('a spec says which answers refuse a parent’s token', async () => {
  const io = recordingIo()

  await withParent(io, 'session', () => answer(403), { refused: [401, 403] })

  expect(io.asked).toHaveLength(2)
})

test('a parent without a newer token is an error, not a second refusal', async () => {
  const io = recordingIo({
    token: async (_scheme, options) => {
      if (options?.newerThan) throw new Error('wrong password')
      return { reveal: () => 'parent-1' }
    },
  })

  await expect(withParent(io, 'session', () => answer(401))).rejects.toThrow('wrong password')
})
