import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../run.ts'

/** Installs packages with npm in an empty project: tarballs, or names with versions. */
export async function installPackages(
  project: string,
  packages: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<void> {
  await mkdir(project, { recursive: true })
  await writeFile(join(project, 'package.json'), '{ "private": true, "type": "module" }\n')
  const quietly = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error', '--prefer-offline']
  await run('npm', ['install', ...quietly, ...packages], { cwd: project, env })
}
