import { join } from 'node:path'
import * as esbuild from 'esbuild'
import * as vite from 'vite'
import webpack from 'webpack'
import { PROJECT } from './installed.ts'

export type Platform = 'browser' | 'node'

/** Bundles a program, all that it imports included, and gives the bundle's path. */
type Bundler = (program: string, platform: Platform, name: string) => Promise<string>

/** Each with the settings that its users have: none, but for the platform. */
export const BUNDLERS: Readonly<Record<string, Bundler>> = {
  async esbuild(program, platform, name) {
    const outfile = join(PROJECT, 'bundles', `${name}.mjs`)
    await esbuild.build({ entryPoints: [program], bundle: true, platform, format: 'esm', outfile, logLevel: 'error' })
    return outfile
  },

  async vite(program, platform, name) {
    const outDir = join(PROJECT, 'bundles', name)
    const forNode = { build: { ssr: program }, ssr: { noExternal: true as const } }
    const forBrowser = { build: { lib: { entry: program, formats: ['es' as const], fileName: 'bundle' } } }
    const { build, ...rest } = platform === 'node' ? { ...forNode } : { ssr: {}, ...forBrowser }
    const output = { entryFileNames: 'bundle.mjs' }
    await vite.build({
      ...rest,
      configFile: false,
      root: PROJECT,
      logLevel: 'error',
      build: { ...build, outDir, rolldownOptions: { output } },
    })
    return join(outDir, 'bundle.mjs')
  },

  async webpack(program, platform, name) {
    const path = join(PROJECT, 'bundles', name)
    const stats = await runWebpack({
      mode: 'production',
      context: PROJECT,
      entry: program,
      target: platform === 'node' ? 'node20' : 'web',
      experiments: { outputModule: true },
      output: { path, filename: 'bundle.mjs', library: { type: 'module' } },
      performance: { hints: false },
    })
    const { errors = [], warnings = [] } = stats?.toJson({ all: false, errors: true, warnings: true }) ?? {}
    const [trouble] = [...errors, ...warnings]
    if (trouble) throw new Error(`${trouble.moduleName ?? name}: ${trouble.message}`)
    return join(path, 'bundle.mjs')
  },
}

function runWebpack(configuration: webpack.Configuration): Promise<webpack.Stats | undefined> {
  return new Promise((resolve, reject) => {
    webpack(configuration, (error, stats) => (error ? reject(error) : resolve(stats)))
  })
}
