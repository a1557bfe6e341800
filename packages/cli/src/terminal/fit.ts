import stringWidth from 'fast-string-width'

/** What a command to copy looks like: it stays on one line where it fits there. */
const COMMAND =
  /(?<=: )(?:chaveiro|npm|chmod|timedatectl|source) [^,;]+$|chaveiro [a-z]+(?: (?:[<[-]\S*|file|url|list|create|revoke))*/g
const NO_BREAK = '\u00a0'
const NARROWEST = 20

/** How wide a line may be; `undefined` in a pipe, where every line stays whole so that programs find it. */
export function widthOf(stream: { readonly columns?: number }, env: Readonly<NodeJS.ProcessEnv>): number | undefined {
  const width = stream.columns || Number(env['COLUMNS'])
  return width > 0 ? Math.max(NARROWEST, width) : undefined
}

/**
 * Breaks lines at spaces so that they fit. What follows a break is indented like its line, or by `hanging` more. A word
 * that is too long, such as a URL, stays whole.
 */
export function fit(text: string, width: number | undefined, hanging = 0): string {
  if (width === undefined) return text
  return text
    .split('\n')
    .map((line) => fitLine(line, width, hanging))
    .join('\n')
}

function fitLine(line: string, width: number, hanging: number): string {
  if (cells(line) <= width) return line
  const [indent = ''] = /^ */.exec(line) ?? []
  const below = indent + ' '.repeat(hanging)
  const lines: string[] = []
  let current = ''
  for (const word of wordsOf(line.slice(indent.length), width - cells(below))) {
    const longer = current === '' ? (lines.length === 0 ? indent : below) + word : `${current} ${word}`
    if (current !== '' && cells(longer) > width) {
      lines.push(current.trimEnd())
      // A word that is too long gets what room there is.
      current = (cells(below + word) > width ? indent : below) + word
    } else current = longer
  }
  return [...lines, current].join('\n')
}

/** The words of a line, a command being one of them. */
function wordsOf(line: string, room: number): string[] {
  const kept = line.replace(COMMAND, (command) =>
    cells(command) <= room ? command.replaceAll(' ', NO_BREAK) : command,
  )
  return kept.split(' ').map((word) => word.replaceAll(NO_BREAK, ' '))
}

/** How many cells of a terminal a text takes: colours none, an ideograph or an emoji two. */
export function cells(text: string): number {
  return stringWidth(text)
}
