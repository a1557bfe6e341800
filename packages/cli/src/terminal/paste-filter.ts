const BEGIN = '\u001b[200~'
const END = '\u001b[201~'
// Enough of a mark to tell it from a key: Escape alone is a key.
const SHORTEST = '\u001b[20'.length

/** Reads what a terminal sends, in chunks of any size. */
export interface PasteFilter {
  /** What a prompt may see: of a paste its first line only, without the line's end, which would answer the prompt. */
  read(chunk: string): string
  /** A paste has begun and not ended. */
  isOpen(): boolean
}

export function pasteFilter(): PasteFilter {
  let isOpen = false
  let isFirstLine = true
  let held = ''

  function pasted(text: string): string {
    if (!isFirstLine) return ''
    const [line = '', ...more] = text.split(/[\r\n]/)
    isFirstLine = more.length === 0
    return line
  }

  return {
    read(chunk) {
      let rest = held + chunk
      let seen = ''
      held = ''
      for (;;) {
        const mark = isOpen ? END : BEGIN
        const at = rest.indexOf(mark)
        if (at < 0) break
        const before = rest.slice(0, at)
        seen += isOpen ? pasted(before) : before
        isOpen = !isOpen
        isFirstLine = true
        rest = rest.slice(at + mark.length)
      }
      held = beginningOfMark(rest, isOpen ? END : BEGIN)
      const before = rest.slice(0, rest.length - held.length)
      return seen + (isOpen ? pasted(before) : before)
    },
    isOpen: () => isOpen,
  }
}

/** The end of a text that may be the beginning of a mark. */
function beginningOfMark(text: string, mark: string): string {
  for (let length = mark.length - 1; length >= SHORTEST; length -= 1) {
    if (text.endsWith(mark.slice(0, length))) return mark.slice(0, length)
  }
  return ''
}
