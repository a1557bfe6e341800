import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { packPackages } from '../src/packing/pack-packages.ts'
import { temporaryFolder } from '../src/temporary-folder.ts'

it('a package that is private still is not packed', async () => {
  const folder = await temporaryFolder('packing')
  onTestFinished(() => folder[Symbol.asyncDispose]())
  await writeFile(join(folder.path, 'pnpm-workspace.yaml'), 'packages: ["packages/*"]\n')
  await writeFile(join(folder.path, 'package.json'), '{ "private": true }')
  for (const [name, more] of [
    ['finished', {}],
    ['unfinished', { private: true }],
  ] as const) {
    await mkdir(join(folder.path, 'packages', name), { recursive: true })
    const manifest = { name: `@chaveiro/${name}`, version: '1.0.0', ...more }
    await writeFile(join(folder.path, 'packages', name, 'package.json'), JSON.stringify(manifest))
  }
  const tarballs = await packPackages(folder.path, join(folder.path, 'tarballs'))
  expect(tarballs.map((path) => basename(path))).toEqual(['chaveiro-finished-1.0.0.tgz'])
})
