import { installLines } from '../../../../tools/codegen/src/index.ts'
import { readmes } from '../../../../tools/conventions/test/readmes.ts'
import { here } from '../../../../tools/conventions/test/repository.ts'

/** A command that READMEs tell their readers to run. */
export interface ReadmeCommand {
  readonly command: string
  /** The packages that it installs or runs. */
  readonly packages: readonly string[]
  readonly places: readonly { readonly readme: string; readonly line: number }[]
}

/**
 * The commands of npm and its like in all READMEs: of the project, of the packages and of the examples. A command that
 * several of them have is listed only once.
 */
export function readmeCommands(): readonly ReadmeCommand[] {
  const examples = here.files.filter((path) => /^examples\/(?:.+\/)?README\.md$/.test(path))
  const found = [...readmes(), ...examples].flatMap((readme) =>
    installLines(here.read(readme)).map((line) => ({ readme, ...line })),
  )
  return [...new Set(found.map(({ command }) => command))].map((command) => {
    const equal = found.filter((each) => each.command === command)
    return { command, packages: equal[0]?.packages ?? [], places: equal.map(({ readme, line }) => ({ readme, line })) }
  })
}
