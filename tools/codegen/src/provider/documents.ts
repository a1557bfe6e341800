import { type Tree, textOf } from './tree.ts'

/** What SOURCES.md lists and no fact rests on, and what a fact is marked with that SOURCES.md doesn't list. */
export function unusedDocuments(id: string, tree: Tree): readonly string[] {
  const sources = textOf(tree, `specs/${id}/SOURCES.md`)
  const spec = textOf(tree, `specs/${id}/openapi.yaml`)
  const listed = new Set([...sources.matchAll(/^\| ([A-Z]{2,}) +\|/gm)].map(([, mark = '']) => mark))
  // The head of the spec explains the marks, and the table lists them: neither rests on one.
  const facts = spec.replace(/^# {3}.*$/gm, '') + sources.replace(/^\| [A-Z]{2,} .*$/gm, '')
  return [...listed]
    .filter((mark) => !new RegExp(`\\b${mark}\\b`).test(facts))
    .map((mark) => `specs/${id}/SOURCES.md lists ${mark}, and no fact rests on it. Name the fact, or remove the row.`)
}

/** A documented request is replayed against the simulator, so that it keeps answering as documented. Gives which aren't. */
export function unreplayedExamples(id: string, { files, read }: Tree): readonly string[] {
  const examples = files.filter((path) => path.startsWith(`specs/${id}/examples/`))
  const replay = new RegExp(`\\bexamples\\b[^;\\n]*from '[./]*src/generated/${id}\\.ts'`)
  const isReplayed = files.some(
    (path) => /^packages\/simulator\/test\/.*\.test\.ts$/.test(path) && replay.test(read(path)),
  )
  if (isReplayed || examples.length === 0) return []
  return [
    `No test replays specs/${id}/examples. Write packages/simulator/test/${id}/examples.test.ts, as packages/simulator/test/genpag has one.`,
  ]
}
