import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PROJECT } from '../installed.ts'
import { PROBE_PROGRAM, writeProbePackage } from '../probe-package.ts'
import { JEST_MODULES, type JestProject, jestProjects } from './jest-projects.ts'

/** What is read of Jest's own report. */
interface JestReport {
  readonly testResults: readonly { readonly name: string; readonly status: string; readonly message: string }[]
}

/** Runs Jest over all projects of a format at once. Gives, for each by its name, 'passed' or why it failed. */
export async function runJest(
  version: string,
  format: JestProject['format'],
): Promise<Readonly<Record<string, string>>> {
  const folder = join(PROJECT, `jest${version}-${format}`)
  const projects = jestProjects(version).filter((project) => project.format === format)
  const configuration = await writeProjects(folder, version, projects)
  const flags = format === 'modules' ? ['--experimental-vm-modules', '--no-warnings'] : []
  const args = [...flags, join(JEST_MODULES, `jest${version}/bin/jest.js`), '--config', configuration, '--json']
  const printed = await new Promise<string>((resolve) => {
    // A project that fails is in the report.
    execFile(process.execPath, args, { cwd: PROJECT }, (_, stdout) => resolve(stdout))
  })
  const { testResults }: JestReport = JSON.parse(printed)
  return Object.fromEntries(
    testResults.map(({ name, status, message }) => [
      projects[Number(name.split('/').at(-2))]?.name ?? name,
      status === 'passed' ? status : message,
    ]),
  )
}

/** Writes every test file into a folder of its own, and Jest's configuration beside them. Gives the latter's path. */
async function writeProjects(folder: string, version: string, projects: readonly JestProject[]): Promise<string> {
  await mkdir(folder)
  await writeProbePackage(PROJECT)
  await writeFile(join(folder, 'probe.mjs'), PROBE_PROGRAM)
  // CommonJS, as most of Jest's users have it.
  await writeFile(join(folder, 'package.json'), '{ "private": true }')
  const configured = projects.map(async ({ file, text, environment, settings }, at) => {
    const home = join(folder, String(at))
    await mkdir(home)
    await writeFile(join(home, file), text)
    return {
      rootDir: PROJECT,
      testMatch: [join(home, file)],
      testEnvironment: environment === 'node' ? 'node' : join(JEST_MODULES, `jest-environment-jsdom${version}`),
      moduleFileExtensions: ['js', 'mjs', 'ts', 'json'],
      cacheDirectory: join(folder, 'cache'),
      ...settings,
    }
  })
  const file = join(folder, 'jest.config.json')
  await writeFile(file, JSON.stringify({ rootDir: PROJECT, projects: await Promise.all(configured) }))
  return file
}
