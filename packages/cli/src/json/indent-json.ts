/** A JSON document on lines of its own, indented by two spaces. */
export function indentJson(tokens: readonly string[]): string {
  const lines: string[] = []
  let line = ''
  let depth = 0
  const breakLine = (): void => {
    lines.push(line)
    line = '  '.repeat(depth)
  }
  for (const [index, token] of tokens.entries()) {
    const isOpening = token === '{' || token === '['
    const isEmpty = tokens[index + 1] === '}' || tokens[index + 1] === ']'
    if (isOpening && !isEmpty) depth += 1
    if ((token === '}' || token === ']') && !/[{[]$/.test(tokens[index - 1] ?? '')) {
      depth -= 1
      breakLine()
    }
    line += token === ':' ? ': ' : token
    if (token === ',' || (isOpening && !isEmpty)) breakLine()
  }
  return [...lines, line].join('\n')
}
