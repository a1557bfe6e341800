import { cp, mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { run, WORKSPACE } from '../../src/index.ts'
import { PROJECT } from '../installed.ts'
import { RUNNERS } from './folder.ts'

const MODULES = join(RUNNERS, 'node_modules')

/** The recipe's folder, with what its user has installed. */
async function recipe(): Promise<string> {
  const folder = join(PROJECT, 'recipe-jest')
  await cp(join(WORKSPACE, 'examples/recipes/jest'), folder, { recursive: true })
  await mkdir(join(folder, 'node_modules/@babel'), { recursive: true })
  await symlink(join(MODULES, 'babel-jest30'), join(folder, 'node_modules/babel-jest'))
  await symlink(join(MODULES, '@babel/preset-env'), join(folder, 'node_modules/@babel/preset-env'))
  return folder
}

it('the recipe for Jest and CommonJS passes in Jest, and its program loads in Node', async () => {
  const folder = await recipe()
  await run(process.execPath, [join(MODULES, 'jest30/bin/jest.js'), '--ci', '--no-cache'], { cwd: folder })
  const program = "const { vendorNames } = require('./vendor-names'); console.log(typeof vendorNames)"
  const printed = await run(process.execPath, ['--no-warnings', '--eval', program], { cwd: folder })
  expect(printed.trim()).toBe('function')
})
