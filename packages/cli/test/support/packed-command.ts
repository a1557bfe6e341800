import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { Home } from './home.ts'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))

interface Manifest {
  readonly bin: { readonly chaveiro: string }
  readonly dependencies: Readonly<Record<string, string>>
}

/** Unpacks the command into this home folder, with the packages that its manifest names and no others. Returns its main file. */
export function installIn({ path: folder }: Home): string {
  const installed = join(folder, 'node_modules/chaveiro')
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', tarball(), '-C', installed, '--strip-components=1'])
  const manifest: Manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  const names = Object.keys(manifest.dependencies)
  expect(names.filter((name) => name.startsWith('@chaveiro/'))).toEqual([])
  for (const name of names) link(join(PACKAGE, 'node_modules', name), join(folder, 'node_modules', name))
  const main = join(installed, manifest.bin.chaveiro)
  link(main, join(folder, 'node_modules/.bin/chaveiro'))
  return main
}

let packed: string | undefined

/** The command as it would be published, packed once for all tests of this process. */
function tarball(): string {
  packed ??= pack()
  return packed
}

function pack(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chaveiro-packed-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const quiet = ['--silent', '--pack-destination', folder, '--cache', join(folder, 'cache')]
  const name = execFileSync('npm', ['pack', '--ignore-scripts', ...quiet], { cwd: PACKAGE, encoding: 'utf8' })
  return join(folder, name.trim())
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path)
}
