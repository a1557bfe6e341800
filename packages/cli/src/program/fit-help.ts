import { fit, widthOf } from '../terminal/fit.ts'

/** How wide the help may be, on either stream. */
export interface HelpWidth {
  readonly stdout: number
  readonly stderr: number
}

/** Room that the description of an option has at least. */
export const NARROWEST = 20
// The help has two columns, so it needs a width in a pipe too.
const IN_A_PIPE = 80

export function helpWidth(streams: {
  readonly stdout: { readonly columns?: number }
  readonly stderr: { readonly columns?: number }
  readonly env: Readonly<NodeJS.ProcessEnv>
}): HelpWidth {
  const { stdout, stderr, env } = streams
  return { stdout: widthOf(stdout, env) ?? IN_A_PIPE, stderr: widthOf(stderr, env) ?? IN_A_PIPE }
}

/** What is below the options: paragraphs are wrapped, and lines to copy, which are indented, stay as they are. */
export function fitHelp(text: string, width: number): string {
  const paragraphs = text.replace(/(\S)\n(?=\S)/g, '$1 ')
  return paragraphs
    .split('\n')
    .map((line) => (line.startsWith(' ') ? line : fit(line, width)))
    .join('\n')
}
