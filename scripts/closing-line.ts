import { mkdirSync, writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

const FOLDER = 'node_modules/.cache/chaveiro'

/**
 * One plain closing line, with no colour codes, that any CI can read. `keep`: also in a file, from which scripts/run.mjs
 * prints it again when nothing has changed since and the tests need not run.
 */
export default class ClosingLine implements Reporter {
  readonly #keep: boolean

  constructor({ keep = true }: { keep?: boolean } = {}) {
    this.#keep = keep
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0
    let failed = errors.length
    let skipped = 0
    for (const module of modules) {
      failed += module.errors().length
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === 'passed') passed += 1
        else if (state === 'failed') failed += 1
        else skipped += 1
      }
    }
    const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
    process.stdout.write(`\n${line}\n`)
    if (!this.#keep) return
    mkdirSync(FOLDER, { recursive: true })
    writeFileSync(`${FOLDER}/closing-line.txt`, `${line}\n`)
  }
}
