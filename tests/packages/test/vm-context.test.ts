import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { run, temporaryFolder } from '../src/index.ts'
import { PROJECT } from './installed.ts'

it('a client with a file store works in a context of `vm`, as test runners make them', async () => {
  const store = await temporaryFolder('store')
  onTestFinished(() => store[Symbol.asyncDispose]())
  const program = join(import.meta.dirname, 'programs/vm-context.mjs')
  const flags = ['--experimental-vm-modules', '--experimental-import-meta-resolve', '--no-warnings']
  const printed = await run(process.execPath, [...flags, program, PROJECT, store.path], { cwd: PROJECT })
  expect(JSON.parse(printed)).toEqual({ status: 200, persisted: true, isOurs: true, code: 'credentials-rejected' })
})
