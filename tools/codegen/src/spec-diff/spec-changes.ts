import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expandStandard } from '../expand/expand-standard.ts'
import { jsonObjectOf, parseDocument } from '../spec/parse-document.ts'
import { readSpecModel, type SpecModel } from '../spec/spec.ts'
import { loadVocabulary, type Vocabulary } from '../spec/vocabulary.ts'
import { bumpOf, largest } from './bump.ts'
import type { Demand } from './changesets.ts'
import { documentChanges } from './document-changes.ts'
import { git } from './git.ts'
import { lifecycleChanges } from './lifecycle-changes.ts'
import type { Change } from './schema-changes.ts'

/** A spec that has changed, and the smallest bump that its package needs for that. */
export interface ChangedSpec {
  readonly id: string
  readonly changes: readonly Change[]
  /** None where the package went with the spec. */
  readonly demand: Demand | undefined
}

/** How the specs of the working tree differ from those of a commit. */
export async function specChanges(root: string, base: string): Promise<readonly ChangedSpec[]> {
  const vocabulary = await loadVocabulary(root)
  const now = (await readdir(join(root, 'specs'), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_'))
    .map(({ name }) => name)
  const old = (git(root, 'ls-tree', '-d', '--name-only', `${base}:specs`) ?? '').split('\n')
  const ids = [...new Set([...now, ...old.filter((name) => name !== '' && !name.startsWith('_'))])].sort()
  const found = await Promise.all(ids.map((id) => changedSpec(root, base, id, vocabulary)))
  return found.filter(({ changes }) => changes.length > 0)
}

async function changedSpec(root: string, base: string, id: string, vocabulary: Vocabulary): Promise<ChangedSpec> {
  const file = `specs/${id}/openapi.yaml`
  const before = git(root, 'show', `${base}:${file}`)
  const after = await readFile(join(root, file), 'utf8').catch(() => undefined)
  const changes = changesBetween(before, after, (text) => modelOf(text, file, vocabulary))
  const manifest = await readFile(join(root, `packages/${id}/package.json`), 'utf8').catch(() => undefined)
  if (manifest === undefined || changes.length === 0) return { id, changes, demand: undefined }
  const { name, version }: { name: string; version: string } = JSON.parse(manifest)
  const bump = largest(changes.map(({ effect }) => bumpOf(effect, version)))
  return { id, changes, demand: { packageName: name, bump, why: `${file} has changed` } }
}

function changesBetween(
  before: string | undefined,
  after: string | undefined,
  model: (text: string) => SpecModel,
): readonly Change[] {
  if (before === after) return []
  if (before === undefined) return [{ effect: 'new', sentence: 'the provider is new' }]
  if (after === undefined) return [{ effect: 'breaks', sentence: 'the provider is gone' }]
  const [old, now] = [model(before), model(after)]
  const changes = [...documentChanges(old, now), ...lifecycleChanges(old, now)]
  return changes.length > 0
    ? changes
    : [{ effect: 'other', sentence: 'only descriptions, comments or order have changed' }]
}

function modelOf(text: string, file: string, vocabulary: Vocabulary): SpecModel {
  const { document } = expandStandard(jsonObjectOf(parseDocument(text, file, file)), vocabulary)
  return readSpecModel(document, vocabulary)
}
