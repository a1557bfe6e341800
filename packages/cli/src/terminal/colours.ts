import pc from 'picocolors'

export type Colours = ReturnType<typeof pc.createColors>

/** Colours for a terminal, and none for a pipe, for NO_COLOR (no-color.org) or for a dumb terminal. */
export function coloursFor(
  stream: { readonly isTTY?: boolean | undefined },
  env: Readonly<NodeJS.ProcessEnv>,
): Colours {
  return pc.createColors(stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb')
}
