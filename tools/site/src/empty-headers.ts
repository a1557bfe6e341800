import type { MarkdownRenderer } from 'vitepress'

/**
 * Makes plain cells of a table's header cells without a text. A screen reader announces a header for each cell below it, and
 * there is nothing to announce (https://www.w3.org/WAI/tutorials/tables/tips/).
 */
export function withoutEmptyHeaders(renderer: MarkdownRenderer): void {
  renderer.core.ruler.push('empty_headers', ({ tokens }) => {
    for (const [at, token] of tokens.entries()) {
      const [text, end] = tokens.slice(at + 1, at + 3)
      if (token.type !== 'th_open' || text?.content !== '' || end === undefined) continue
      token.tag = 'td'
      end.tag = 'td'
    }
  })
}
