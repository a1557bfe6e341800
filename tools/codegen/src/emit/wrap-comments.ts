/** Breaks the lines of doc comments that are longer than `width`. Formatters leave comments alone. */
export function wrapComments(source: string, width: number): string {
  return source
    .split('\n')
    .flatMap((line) => (line.length <= width ? [line] : wrapLine(line, width)))
    .join('\n')
}

function wrapLine(line: string, width: number): readonly string[] {
  const single = /^(\s*)\/\*\* (.*) \*\/$/.exec(line)
  if (single !== null) {
    const [, indent = '', text = ''] = single
    return [`${indent}/**`, ...breakWords(text, `${indent} * `, width), `${indent} */`]
  }
  const inside = /^(\s*\* +(?:- )?)(.*)$/.exec(line)
  if (inside === null) return [line]
  const [, prefix = '', text = ''] = inside
  return breakWords(text, prefix, width)
}

function breakWords(text: string, prefix: string, width: number): readonly string[] {
  const continuation = prefix.replace('- ', '  ')
  const lines: string[] = []
  let current = prefix
  for (const word of text.split(' ')) {
    const isFirst = current === prefix || current === continuation
    if (!isFirst && current.length + 1 + word.length > width) {
      lines.push(current)
      current = continuation + word
    } else current += isFirst ? word : ` ${word}`
  }
  return [...lines, current]
}
