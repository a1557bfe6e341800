import { PLACEHOLDER } from '../new-provider/flows.ts'
import type { Tree } from './tree.ts'

/** A provider is private as long as facts of it have to be looked up, so that no release takes it along. */
export function mistakenPrivacy(id: string, tree: Tree): readonly string[] {
  const path = `packages/${id}/package.json`
  if (!tree.files.includes(path)) return []
  const { private: isPrivate }: { private?: boolean } = JSON.parse(tree.read(path))
  const unfinished = tree.files.find((file) => file.startsWith(`specs/${id}/`) && tree.read(file).includes(PLACEHOLDER))
  if (isPrivate === true && unfinished === undefined) {
    return [`${path}: nothing is left to look up, so remove "private".`]
  }
  return isPrivate !== true && unfinished !== undefined
    ? [`${unfinished} has PLACEHOLDERs: look them up, or say "private": true in ${path}.`]
    : []
}
