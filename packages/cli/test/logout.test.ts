import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileStore, keyFromFile } from '@chaveiro/stores/file'
import { createSealer } from '@chaveiro/stores/sealer'
import { expect, it } from 'vitest'
import { type Home, newHome } from './support/home.ts'
import { newScene, signedIn } from './support/scene.ts'

it('forgets inputs and token, and leaves a record that says so', async () => {
  const scene = await signedIn()
  const sealed = /cs1\.[^"\s]+/g
  expect(scene.home.contents().match(sealed)?.length).toBe(2)
  const outcome = await scene.run(['logout', 'bitize'])
  expect(outcome).toMatchObject({ status: 0, stdout: '', stderr: 'Signed out of bitize, account "default".\n' })
  expect(scene.home.contents().match(sealed)?.length).toBe(1)
  const ended = { v: 1, lineage: expect.any(String), generation: 0, ended: true }
  expect(await tokenRecords(scene.home)).toEqual([ended])
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
  rmSync(keyFileOf(scene.home).path)
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

/** What the profile's store has of its accounts, opened with the profile's key. */
async function tokenRecords(home: Home): Promise<readonly unknown[]> {
  const { id, path } = keyFileOf(home)
  const directory = join(home.path, '.local/share/chaveiro/profiles/default/tokens')
  await using store = fileStore({ directory, sealer: createSealer({ keys: [{ id, key: keyFromFile(path) }] }) })
  const records: unknown[] = []
  for await (const key of store.keys()) records.push(JSON.parse((await store.read(key))?.value ?? ''))
  return records
}

function keyFileOf(home: Home): { readonly id: string; readonly path: string } {
  const config = join(home.path, '.config/chaveiro/profiles/default')
  const name = readdirSync(config).find((file) => file.startsWith('sealing-key-')) ?? ''
  return { id: name.slice('sealing-key-'.length), path: join(config, name) }
}
