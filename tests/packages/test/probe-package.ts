import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Every condition that some tool sets. `default` is always set, and `types` by compilers alone. */
const CONDITIONS = (
  'workerd edge-light netlify fastly deno bun node node-addons worker react-native electron browser ' +
  'module module-sync import require webpack development production react-server'
).split(' ')

/** A program whose export `set` lists the conditions under which its bundler, or its runtime, resolved it. */
export const PROBE_PROGRAM = `${CONDITIONS.map((condition, at) => `import set${at} from 'probe/${condition}'`).join('\n')}
export const set = [${CONDITIONS.map((condition, at) => `set${at} && '${condition}'`).join(', ')}].filter(Boolean)
`

/** Writes the package `probe` into a project's node_modules: each condition chooses the module of one entry. */
export async function writeProbePackage(project: string): Promise<void> {
  const folder = join(project, 'node_modules/probe')
  const entries = CONDITIONS.map((condition) => [`./${condition}`, { [condition]: './set.js', default: './unset.js' }])
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'set.js'), 'export default true\n')
  await writeFile(join(folder, 'unset.js'), 'export default false\n')
  const manifest = { name: 'probe', version: '1.0.0', type: 'module', exports: Object.fromEntries(entries) }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
}
