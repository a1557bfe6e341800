import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median } from './interleaved.ts'
import type { Row } from './row.ts'

const ROUNDS = 15

/** How long a process takes that imports an entry, beyond one that imports nothing. */
export function coldImport(entry: string): Row {
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  const time = (code: string): number => {
    const started = performance.now()
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`Importing ${entry} failed: ${stderr}`)
    return performance.now() - started
  }
  const samples = Array.from({ length: ROUNDS }, () => {
    const empty = time('')
    return { empty, loaded: time(`await import('${entry}')`) }
  })
  const empty = median(samples.map((sample) => sample.empty))
  const extra = median(samples.map((sample) => sample.loaded - sample.empty))
  return {
    what: `import of \`${entry}\``,
    measured: `${extra.toFixed(0)} ms`,
    against: `beyond an empty module, ${empty.toFixed(0)} ms`,
    figure: `${(1 + extra / empty).toFixed(2)}×`,
    limit: '–',
    kept: true,
  }
}
