import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import core from '@chaveiro/core/package.json' with { type: 'json' }
import opentelemetry from '@chaveiro/opentelemetry/package.json' with { type: 'json' }
import { CORE_TESTS, portableTests } from './portable-tests.ts'

/** A package whose own test files run elsewhere, on its tarball. */
export interface TestedPackage {
  readonly name: string
  readonly tests: string
  /** The test files that run, as paths below `tests`. */
  readonly files: readonly string[]
  /** The package's entries, as users import them, by their sources. */
  readonly entries: ReadonlyMap<string, string>
  /** Sources beyond the entries that remember nothing, so that a second copy of them does no harm. */
  readonly stateless: readonly string[]
}

/** The core, with the tests that every platform runs. */
export const CORE: TestedPackage = {
  name: core.name,
  tests: CORE_TESTS,
  files: portableTests(),
  entries: entriesOf(core),
  stateless: ['testing/fake-clock.ts'],
}

const OPENTELEMETRY_TESTS = fileURLToPath(new URL('../../../packages/opentelemetry/test', import.meta.url))

/** The traces and metrics, with all of their tests. */
export const OPENTELEMETRY: TestedPackage = {
  name: opentelemetry.name,
  tests: OPENTELEMETRY_TESTS,
  files: readdirSync(OPENTELEMETRY_TESTS).filter((file) => file.endsWith('.test.ts')),
  entries: entriesOf(opentelemetry),
  stateless: ['attributes.ts', 'series.ts'],
}

interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, unknown>>>>
}

function entriesOf({ name, exports }: Manifest): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(exports).flatMap(([entry, target]) => {
      const source = typeof target === 'string' ? undefined : target['@chaveiro/source']
      return typeof source === 'string' ? [[relative('src', source), join(name, entry)] as const] : []
    }),
  )
}
