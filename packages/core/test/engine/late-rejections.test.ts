import { expect, test } from 'vitest'
import { world } from '../support/engine-world.ts'
import { tokenAnswer } from '../support/scripted-issuer.ts'

test('a token that was reported as rejected is not served again', async () => {
  const { issuer, source, ask } = world()
  issuer.prepare(tokenAnswer('one'), tokenAnswer('two'))
  expect(await source.reject(await source.getToken())).toBe(true)
  expect(await ask()).toBe('two')
})

test('a rejection that comes when a newer token is known changes nothing, and no listener hears of it', async () => {
  const { issuer, source, ask, heard } = world()
  issuer.prepare(tokenAnswer('one'), tokenAnswer('two'))
  const old = await source.getToken()
  await source.getToken({ newerThan: old })
  expect(await source.reject(old)).toBe(false)
  expect(await ask()).toBe('two')
  expect(heard('token.rejected')).toEqual([])
})
