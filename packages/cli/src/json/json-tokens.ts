const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g

/**
 * A JSON document as its words, none of them changed: numbers that are longer than JavaScript can count, such as ids, stay
 * as they are written. `undefined`: the text is not JSON.
 */
export function jsonTokens(text: string): readonly string[] | undefined {
  try {
    JSON.parse(text)
  } catch {
    return undefined
  }
  return text.match(TOKEN) ?? []
}

/** The members of an object, a key that is there twice included; of an array its items, by their index. */
export function membersOf(tokens: readonly string[]): [string, readonly string[]][] {
  const members: [string, readonly string[]][] = []
  const isObject = tokens[0] === '{'
  let at = 1
  while (at < tokens.length - 1) {
    const start = isObject ? at + 2 : at
    const end = valueEnd(tokens, start)
    const key: string = isObject ? JSON.parse(tokens[at] ?? '""') : String(members.length)
    members.push([key, tokens.slice(start, end)])
    // A comma, or the end.
    at = end + 1
  }
  return members
}

/** Where the value that begins at `start` ends. */
function valueEnd(tokens: readonly string[], start: number): number {
  let depth = 0
  let at = start
  do {
    const token = tokens[at]
    if (token === '{' || token === '[') depth += 1
    if (token === '}' || token === ']') depth -= 1
    at += 1
  } while (depth > 0)
  return at
}

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
