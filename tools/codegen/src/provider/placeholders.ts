import { PLACEHOLDER } from '../new-provider/flows.ts'
import { lineAt, type Tree } from './tree.ts'

/** Every `PLACEHOLDER` that is left, with its place and its line. */
export function placeholders({ files, read }: Tree): readonly string[] {
  return files.flatMap((path) => {
    const text = read(path)
    return [...text.matchAll(new RegExp(`^.*${PLACEHOLDER}.*$`, 'gm'))].map(
      ({ 0: line, index }) => `${path}:${lineAt(text, index)}  ${line.trim()}`,
    )
  })
}
