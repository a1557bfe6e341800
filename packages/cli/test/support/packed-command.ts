import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect } from 'vitest'
import type { Home } from './home.ts'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))

interface Manifest {
  readonly bin: { readonly chaveiro: string }
  readonly dependencies: Readonly<Record<string, string>>
}

/** Packs the command as it would be published, for the tests of one file. Returns what installs it. */
export function packedCommand(): (home: Home) => string {
  const folder = mkdtempSync(join(tmpdir(), 'chaveiro-packed-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  let tarball: string | undefined
  return (home) => {
    tarball ??= packInto(folder)
    return unpackIn(home, tarball)
  }
}

function packInto(folder: string): string {
  const quiet = ['--silent', '--pack-destination', folder, '--cache', join(folder, 'cache')]
  const name = execFileSync('npm', ['pack', '--ignore-scripts', ...quiet], { cwd: PACKAGE, encoding: 'utf8' })
  return join(folder, name.trim())
}

/** Unpacks it into this home folder, with the packages that its manifest names and no others. Returns its main file. */
function unpackIn({ path: folder }: Home, tarball: string): string {
  const installed = join(folder, 'node_modules/chaveiro')
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'])
  const manifest: Manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
  const names = Object.keys(manifest.dependencies)
  expect(names.filter((name) => name.startsWith('@chaveiro/'))).toEqual([])
  for (const name of names) link(join(PACKAGE, 'node_modules', name), join(folder, 'node_modules', name))
  const main = join(installed, manifest.bin.chaveiro)
  link(main, join(folder, 'node_modules/.bin/chaveiro'))
  return main
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path)
}
