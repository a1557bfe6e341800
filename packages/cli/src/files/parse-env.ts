/** A line that is not `NAME=value`. */
export interface BadLine {
  readonly line: number
  /** A quote that is not closed, which may reach to the end of the file. */
  readonly isUnclosed: boolean
}

const BLANK = /[^\S\n]*(?:#[^\n]*)?(?:\n|$)/y
const NAME = /[^\S\n]*(?:export[^\S\n]+)?([\w.-]+)[^\S\n]*=/y
const OPENING = /[^\S\n]*(?=["'`])/y
const QUOTED = /"((?:\\[\s\S]|[^"\\])*)"|'([^']*)'|`([^`]*)`/y
const PLAIN = /([^\n]*)(?:\n|$)/y

/**
 * Reads `NAME=value` lines as `.env` files have them: comments, `export`, quotes, several lines within quotes. In double
 * quotes a backslash is an escape, as in a shell. A `#` begins a comment only after white space, so that a secret may hold one.
 */
export function parseEnv(content: string, refuse: (bad: BadLine) => Error): [string, string][] {
  const text = content.replace(/\r\n?/g, '\n')
  const entries: [string, string][] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(text) ?? undefined
    if (found !== undefined) at = pattern.lastIndex
    return found
  }
  while (at < text.length) {
    if (take(BLANK)) continue
    const line = text.slice(0, at).split('\n').length
    const [, name] = take(NAME) ?? []
    if (name === undefined) throw refuse({ line, isUnclosed: false })
    entries.push([name, valueAt(line)])
  }
  return entries

  function valueAt(line: number): string {
    if (take(OPENING) === undefined) return (take(PLAIN)?.[1] ?? '').replace(/\s#.*$/, '').trim()
    const quoted = take(QUOTED)
    if (quoted === undefined) throw refuse({ line, isUnclosed: true })
    if (take(BLANK) === undefined) throw refuse({ line, isUnclosed: false })
    const [, double, single, back] = quoted
    return double === undefined ? (single ?? back ?? '') : unescaped(double)
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$', '`': '`' }

function unescaped(text: string): string {
  return text.replace(/\\([\s\S])/g, (whole, letter: string) => ESCAPES[letter] ?? whole)
}
