import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RawRecords, storeConformance } from '@chaveiro/core/testing'
import { fileStore } from '@chaveiro/stores/file'
import { afterAll, describe, it } from 'vitest'
import { recordFolder } from '../src/file/record-folder.ts'
import { testSealer } from './support/seal.ts'

const directory = mkdtempSync(join(tmpdir(), 'chaveiro-stores-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const pathOf = (key: string): string => join(recordFolder(directory, key), 'record.json')
const raw: RawRecords = {
  read: (key) => readFile(pathOf(key), 'utf8'),
  write: (key, text) => writeFile(pathOf(key), text),
}

describe.each([
  ['sealed', testSealer],
  ['unsealed', undefined],
])('the file store, %s', (_, sealer) => {
  const open = () => fileStore({ directory, sealer })
  storeConformance({ test: it, open, durable: true, sealed: sealer !== undefined, noticesDamage: true, raw })
})
