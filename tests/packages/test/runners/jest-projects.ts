import { join } from 'node:path'
import { MEASURED } from '../../../../tools/conventions/test/condition-sets.ts'
import { RUNNERS } from './folder.ts'
import {
  importedConditionsTest,
  MATCHERS_IN_JEST,
  MISPLACED_TEST,
  PAGE_TEST,
  requiredConditionsTest,
  SERVER_TEST,
} from './programs.ts'

/** A test file with the settings under which a user would run it. */
export interface JestProject {
  readonly name: string
  /** ES modules need a flag of Node's, under which Jest 29 refuses to `require` what it has transformed. */
  readonly format: 'modules' | 'commonjs'
  readonly environment: 'node' | 'jsdom'
  readonly file: string
  readonly text: string
  readonly settings: object
}

export const JEST_MODULES: string = join(RUNNERS, 'node_modules')

/** The project that is meant to fail: its user has not read the README. */
export const WITHOUT_SETTING = 'babel-jest without the setting'

// What the README of the core says.
const OURS = { transformIgnorePatterns: ['/node_modules/(?!(\\.pnpm|@chaveiro|openapi-fetch)/)'] }
const STUB = { moduleNameMapper: { '^@chaveiro/genpag/card$': '@chaveiro/genpag/card/testing' } }

export function jestProjects(version: string): readonly JestProject[] {
  const preset = [join(JEST_MODULES, '@babel/preset-env'), { targets: { node: '20' } }]
  const babelJest = join(JEST_MODULES, `babel-jest${version}`)
  const babel = { transform: { '\\.js$': [babelJest, { babelrc: false, configFile: false, presets: [preset] }] } }
  const ts = (module: string): unknown => {
    const tsconfig = { module, target: 'es2022', allowJs: true, moduleResolution: 'bundler' }
    return [join(JEST_MODULES, 'ts-jest'), { diagnostics: false, tsconfig, useESM: module === 'esnext' }]
  }
  const tsModules = { transform: { '\\.ts$': ts('esnext') }, extensionsToTreatAsEsm: ['.ts'] }
  const plain = { transform: {} }
  const conditions = (tool: string): readonly string[] =>
    MEASURED.find((set) => set.tool === `Jest ${version}${tool}`)?.conditions ?? []
  const imported = (tool: string): string => importedConditionsTest(conditions(`${tool}, ES modules`), '../probe.mjs')
  const required = (tool: string): string => requiredConditionsTest(conditions(tool))
  const project =
    (format: JestProject['format'], environment: JestProject['environment']) =>
    (name: string, file: string, text: string, settings: object): JestProject => ({
      name,
      format,
      environment,
      file,
      text,
      settings,
    })

  const commonjs = project('commonjs', 'node')
  const commonjsInJsdom = project('commonjs', 'jsdom')
  const modules = project('modules', 'node')
  const modulesInJsdom = project('modules', 'jsdom')
  return [
    commonjs('babel-jest', 'server.test.js', SERVER_TEST, { ...babel, ...OURS }),
    commonjs(WITHOUT_SETTING, 'server.test.js', SERVER_TEST, babel),
    commonjs('ts-jest', 'server.test.ts', SERVER_TEST, { transform: { '\\.[jt]s$': ts('commonjs') }, ...OURS }),
    commonjs('matchers and fake timers', 'matchers.test.js', MATCHERS_IN_JEST, { ...babel, ...OURS }),
    commonjs('conditions', 'set.test.js', required(''), plain),
    commonjsInJsdom('the stub of the card', 'page.test.js', PAGE_TEST, { ...babel, ...OURS, ...STUB }),
    commonjsInJsdom('conditions in jsdom', 'set.test.js', required(' with jsdom'), plain),
    modules('ES modules', 'server.test.mjs', SERVER_TEST, plain),
    modules('ts-jest, ES modules', 'server.test.ts', SERVER_TEST, tsModules),
    modules('conditions', 'set.test.mjs', imported(''), plain),
    modulesInJsdom('the stub of the card', 'page.test.mjs', PAGE_TEST, { ...plain, ...STUB }),
    modulesInJsdom('a package that holds keys', 'misplaced.test.mjs', MISPLACED_TEST, plain),
    modulesInJsdom('conditions in jsdom', 'set.test.mjs', imported(' with jsdom'), plain),
  ]
}
