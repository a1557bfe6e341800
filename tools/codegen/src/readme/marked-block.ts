/** The parts of a README that are generated. */
export type BlockName = 'facts' | 'providers' | 'release'

/** The comments between which a block stands. */
export function markers(name: BlockName): readonly [start: string, end: string] {
  return [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`]
}

/** `text` with `block` between its markers; `undefined` where they are missing. Nothing else is touched. */
export function replaceBlock(text: string, name: BlockName, block: string): string | undefined {
  const [start, end] = markers(name)
  const from = text.indexOf(start)
  const to = text.indexOf(end, from)
  if (from < 0 || to < 0) return undefined
  const content = block.trim() === '' ? '\n' : `\n\n${block.trim()}\n\n`
  return `${text.slice(0, from + start.length)}${content}${text.slice(to)}`
}
