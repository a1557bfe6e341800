import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MEASURED } from '../../../conventions/test/condition-sets.ts'
import { PROJECT } from '../installed.ts'
import { PROBE_PROGRAM, writeProbePackage } from '../probe-package.ts'
import { RUNNERS } from './folder.ts'
import { importedConditionsTest, MISPLACED_TEST, PAGE_TEST, requiredConditionsTest, SERVER_TEST } from './programs.ts'

/** A test file with the settings under which a user would run it. */
interface JestProject {
  readonly file: string
  readonly text: string
  readonly environment: 'node' | 'jsdom'
  readonly settings: object
}

const modules = join(RUNNERS, 'node_modules')
const targets = { targets: { node: '20' } }

/** What the README of the core says. */
const OURS = { transformIgnorePatterns: ['/node_modules/(?!(\\.pnpm|@chaveiro|openapi-fetch)/)'] }

/** The place of the project that is meant to fail. */
export const WITHOUT_SETTING = 2

function projectsOf(version: string): Readonly<Record<string, JestProject>> {
  const babel = [
    join(modules, `babel-jest${version}`),
    { babelrc: false, configFile: false, presets: [[join(modules, '@babel/preset-env'), targets]] },
  ]
  const compiled = (module: string): object => ({
    module,
    target: 'es2022',
    allowJs: true,
    moduleResolution: 'bundler',
  })
  const ts = (module: string): unknown => [
    join(modules, 'ts-jest'),
    { diagnostics: false, tsconfig: compiled(module), useESM: module === 'esnext' },
  ]
  const withBabel = { transform: { '\\.js$': babel } }
  const conditions = (tool: string): readonly string[] =>
    MEASURED.find((set) => set.tool === `Jest ${version}${tool}`)?.conditions ?? []
  const node = { environment: 'node' } as const
  const jsdom = { environment: 'jsdom' } as const
  const probe = '../probe.mjs'
  const stub = { moduleNameMapper: { '^@chaveiro/genpag/card$': '@chaveiro/genpag/card/testing' } }
  return {
    'ES modules': { ...node, file: 'server.test.mjs', text: SERVER_TEST, settings: { transform: {} } },
    'babel-jest': { ...node, file: 'server.test.js', text: SERVER_TEST, settings: { ...withBabel, ...OURS } },
    'babel-jest, without the setting': { ...node, file: 'server.test.js', text: SERVER_TEST, settings: withBabel },
    'ts-jest': {
      ...node,
      file: 'server.test.ts',
      text: SERVER_TEST,
      settings: { transform: { '\\.[jt]s$': ts('commonjs') }, ...OURS },
    },
    'ts-jest, ES modules': {
      ...node,
      file: 'server.test.ts',
      text: SERVER_TEST,
      settings: { transform: { '\\.ts$': ts('esnext') }, extensionsToTreatAsEsm: ['.ts'] },
    },
    'jsdom and the stub of the card': {
      ...jsdom,
      file: 'page.test.js',
      text: PAGE_TEST,
      settings: { ...withBabel, ...OURS, ...stub },
    },
    'jsdom and the stub of the card, ES modules': {
      ...jsdom,
      file: 'page.test.mjs',
      text: PAGE_TEST,
      settings: { transform: {}, ...stub },
    },
    'jsdom and a package that holds keys': {
      ...jsdom,
      file: 'misplaced.test.mjs',
      text: MISPLACED_TEST,
      settings: { transform: {} },
    },
    'conditions of require': {
      ...node,
      file: 'set.test.js',
      text: requiredConditionsTest(conditions('')),
      settings: {},
    },
    'conditions of require in jsdom': {
      ...jsdom,
      file: 'set.test.js',
      text: requiredConditionsTest(conditions(' with jsdom')),
      settings: {},
    },
    'conditions of import': {
      ...node,
      file: 'set.test.mjs',
      text: importedConditionsTest(conditions(', ES modules'), probe),
      settings: { transform: {} },
    },
    'conditions of import in jsdom': {
      ...jsdom,
      file: 'set.test.mjs',
      text: importedConditionsTest(conditions(' with jsdom, ES modules'), probe),
      settings: { transform: {} },
    },
  }
}

/** Writes every test file into a folder of its own, and Jest's configuration beside them. Gives the latter's path. */
export async function writeJestProjects(version: string): Promise<string> {
  const folder = join(PROJECT, `jest${version}`)
  await mkdir(folder, { recursive: true })
  await writeProbePackage(PROJECT)
  await writeFile(join(folder, 'probe.mjs'), PROBE_PROGRAM)
  // CommonJS, as most of Jest's users have it.
  await writeFile(join(folder, 'package.json'), '{ "private": true }')
  const projects = Object.entries(projectsOf(version)).map(
    async ([name, { file, text, environment, settings }], at) => {
      const home = join(folder, String(at))
      await mkdir(home)
      await writeFile(join(home, file), text)
      return {
        displayName: name,
        rootDir: PROJECT,
        testMatch: [join(home, file)],
        testEnvironment: environment === 'node' ? 'node' : join(modules, `jest-environment-jsdom${version}`),
        moduleFileExtensions: ['js', 'mjs', 'ts', 'json'],
        cacheDirectory: join(folder, 'cache'),
        ...settings,
      }
    },
  )
  const file = join(folder, 'jest.config.json')
  await writeFile(file, JSON.stringify({ rootDir: PROJECT, projects: await Promise.all(projects) }))
  return file
}
