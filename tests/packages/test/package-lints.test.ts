import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { describe, expect, inject, it } from 'vitest'

const tarballs = inject('tarballs').map((path) => ({ path, file: basename(path) }))

describe.each(tarballs)('$file', ({ path }) => {
  it('is as npm and bundlers want it, says publint', async () => {
    const bytes = new Uint8Array(await readFile(path))
    const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, strict: true })
    expect(pkg['name']).toMatch(/chaveiro/)
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([])
  })

  it('has types that tell the truth, says Are the Types Wrong?', async () => {
    const packed = createPackageFromTarballData(new Uint8Array(await readFile(path)))
    const analysis = await checkPackage(packed)
    const problems = analysis.types === false ? ['It has no types.'] : analysis.problems
    // The packages are ES modules only, which Node 20.19 and newer can require; `node10` knows no `exports` at all.
    const meant = problems.filter(
      (problem) =>
        typeof problem === 'string' ||
        (problem.kind !== 'CJSResolvesToESM' && !('resolutionKind' in problem && problem.resolutionKind === 'node10')),
    )
    expect(meant).toEqual([])
  })
})
