import { join } from 'node:path'
import * as esbuild from 'esbuild'
import * as vite from 'vite'
import webpack from 'webpack'
import { run } from '../src/index.ts'
import { PROJECT } from './installed.ts'
import { RUNNERS } from './runners/folder.ts'

/** What a bundle is for: `worker` as users set up a bundler for Cloudflare's Workers, `neutral` without naming a runtime. */
export type Platform = 'browser' | 'node' | 'worker' | 'neutral'

/** Bundles a program, all that it imports included, and gives the bundle's path. */
type Bundler = (program: string, platform: Platform, name: string) => Promise<string>

const WORKERD = ['workerd', 'worker', 'browser']

/** Each with the settings that its users have: none, but for the platform, and for undici with esbuild. */
export const BUNDLERS: Readonly<Record<string, Bundler>> = {
  async esbuild(program, platform, name) {
    const outfile = join(PROJECT, 'bundles', `${name}.mjs`)
    const target = platform === 'worker' ? { conditions: WORKERD } : { platform }
    await esbuild.build({
      entryPoints: [program],
      bundle: true,
      ...target,
      // CommonJS that requires what Node has built in can't be in an ES module of esbuild's.
      external: platform === 'node' ? ['undici'] : [],
      format: 'esm',
      outfile,
      logLevel: 'silent',
    })
    return outfile
  },

  async vite(program, platform, name) {
    const outDir = join(PROJECT, 'bundles', name)
    const ofWorker = { target: 'webworker' as const, resolve: { conditions: ['workerd'] } }
    const targets = { worker: ofWorker, neutral: { target: 'webworker' as const }, node: {}, browser: {} }
    const { build, ...rest } =
      platform === 'browser'
        ? { build: { lib: { entry: program, formats: ['es' as const], fileName: 'bundle' } } }
        : { build: { ssr: program }, ssr: { noExternal: true as const, ...targets[platform] } }
    const output = { entryFileNames: 'bundle.mjs' }
    await vite.build({
      ...rest,
      configFile: false,
      root: PROJECT,
      logLevel: 'silent',
      build: { ...build, outDir, rolldownOptions: { output } },
    })
    return join(outDir, 'bundle.mjs')
  },

  async webpack(program, platform, name) {
    const path = join(PROJECT, 'bundles', name)
    const targets = { browser: 'web', node: 'node20', worker: 'webworker', neutral: 'es2022' }
    const stats = await runWebpack({
      mode: 'production',
      context: PROJECT,
      entry: program,
      target: targets[platform],
      experiments: { outputModule: true },
      output: { path, filename: 'bundle.mjs', library: { type: 'module' } },
      performance: { hints: false },
    })
    const { errors = [], warnings = [] } = stats?.toJson({ all: false, errors: true, warnings: true }) ?? {}
    const [trouble] = [...errors, ...warnings]
    if (trouble) throw new Error(`${trouble.moduleName ?? name}: ${trouble.message}`)
    return join(path, 'bundle.mjs')
  },

  // Users call it by its command, and so does this: it comes with the test runners, apart from this workspace.
  async rollup(program, platform, name) {
    const file = join(PROJECT, 'bundles', name, 'bundle.mjs')
    const conditions = platform === 'worker' ? WORKERD : []
    const settings = `{ browser: ${platform === 'browser'}, exportConditions: ${JSON.stringify(conditions)} }`
    const plugin = `@rollup/plugin-node-resolve=${settings}`
    const args = [program, '--format', 'es', '--file', file, '--silent', '--plugin', plugin]
    await run(process.execPath, [join(RUNNERS, 'node_modules/rollup/dist/bin/rollup'), ...args], { cwd: RUNNERS })
    return file
  },
}

function runWebpack(configuration: webpack.Configuration): Promise<webpack.Stats | undefined> {
  return new Promise((resolve, reject) => {
    webpack(configuration, (error, stats) => (error ? reject(error) : resolve(stats)))
  })
}
