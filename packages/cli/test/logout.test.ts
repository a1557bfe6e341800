import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { newHome } from './support/home.ts'
import { newScene, signedIn } from './support/scene.ts'

it('forgets inputs and token', async () => {
  const scene = await signedIn()
  const sealed = /cs1\.[^"\s]+/g
  expect(scene.home.contents().match(sealed)?.length).toBe(2)
  const outcome = await scene.run(['logout', 'bitize'])
  expect(outcome).toMatchObject({ status: 0, stdout: '', stderr: 'Signed out of bitize, account "default".\n' })
  expect(scene.home.contents().match(sealed)).toBe(null)
  expect(await scene.run(['token', 'bitize'])).toMatchObject({ status: 3 })
  expect((await scene.run(['status', '--json'])).stdout).toBe('[]\n')
  expect(await scene.run(['logout', 'bitize'])).toMatchObject({ status: 3 })
})

it('forgets one account of several, or all', async () => {
  const scene = await newScene()
  for (const name of ['one', 'two', 'three']) await scene.login(['--account', name])
  expect(await scene.run(['logout', 'bitize'])).toMatchObject({ status: 3 })
  expect(await scene.run(['logout', 'bitize', '--account', 'one'])).toMatchObject({ status: 0 })
  const { status, stdout } = await scene.run(['logout', '--all', '--json'])
  expect(status).toBe(0)
  expect(JSON.parse(stdout)).toEqual([
    { provider: 'bitize', account: 'three', tokenEnded: true },
    { provider: 'bitize', account: 'two', tokenEnded: true },
  ])
  expect((await scene.run(['status', '--json'])).stdout).toBe('[]\n')
})

it('forgets an account although its key is lost', async () => {
  const scene = await signedIn()
  const config = join(scene.home.path, '.config/chaveiro/profiles/default')
  for (const name of readdirSync(config)) if (name.startsWith('sealing-key')) rmSync(join(config, name))
  expect(await scene.run(['token', 'bitize'])).toMatchObject({ status: 7, stdout: '' })
  const outcome = await scene.run(['logout', 'bitize'])
  expect(outcome).toMatchObject({ status: 0 })
  expect(outcome.stderr).toMatch(/could not be revoked/)
  expect((await scene.run(['status', '--json'])).stdout).toBe('[]\n')
})

it('wants to know whom', async () => {
  expect(await newHome().run(['logout'])).toMatchObject({ status: 2 })
  expect(await newHome().run(['logout', 'bitize', '--all'])).toMatchObject({ status: 2 })
})
