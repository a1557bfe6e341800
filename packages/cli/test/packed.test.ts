import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { newHome } from './support/home.ts'

const PACKAGE = fileURLToPath(new URL('..', import.meta.url))

it('runs from its tarball in an empty folder, with nothing but what its manifest names', () => {
  const { path: folder, env } = newHome()
  const quiet = ['--silent', '--pack-destination', folder]
  execFileSync('npm', ['pack', '--ignore-scripts', ...quiet], { cwd: PACKAGE, encoding: 'utf8', env })
  const installed = join(folder, 'node_modules/chaveiro')
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', tarball(folder), '-C', installed, '--strip-components=1'])

  const manifest: Manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  const names = Object.keys(manifest.dependencies)
  expect(names.filter((name) => name.startsWith('@chaveiro/'))).toEqual([])
  for (const name of names) link(join(PACKAGE, 'node_modules', name), join(folder, 'node_modules', name))
  link(join(installed, manifest.bin.chaveiro), join(folder, 'node_modules/.bin/chaveiro'))

  const printed = execFileSync('npx', ['--no-install', 'chaveiro', 'demo'], { cwd: folder, encoding: 'utf8', env })
  expect(printed).toMatch(/a thousand requests/)
  expect(printed).not.toContain('✗')
}, 120_000)

interface Manifest {
  readonly bin: { readonly chaveiro: string }
  readonly dependencies: Readonly<Record<string, string>>
}

function tarball(folder: string): string {
  const { version }: { version: string } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
  return join(folder, `chaveiro-${version}.tgz`)
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path)
}
