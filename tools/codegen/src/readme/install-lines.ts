/** A command of a README that brings packages to the reader's machine. */
export interface InstallLine {
  /** The line of the README; its first one has number 1. */
  readonly line: number
  /** As it is written, without a prompt before it and a comment after it. */
  readonly command: string
  /** The packages that it names, without their versions. */
  readonly packages: readonly string[]
}

// At the start of a line, or of code within a sentence.
const COMMAND =
  /(?:^|`)(?:\$ )?(?:(?<installs>npm (?:install|i)|(?:pnpm|yarn|bun) add)|npx|bunx|npm (?:exec|create|init)|(?:pnpm|yarn) (?:dlx|create)) (?<words>[^`#\n]+)/gm
const PACKAGE = /^((?:@[\w.-]+\/)?\w[\w.-]*)(?:@.*)?$/

/** The commands of npm and its like in a README, in its blocks of code and in its sentences. */
export function installLines(readme: string): readonly InstallLine[] {
  return [...readme.matchAll(COMMAND)].map(({ index, 0: found, groups }) => {
    const words = groups?.['words']?.split(/\s+/) ?? []
    const packages = words.flatMap((word) => PACKAGE.exec(word)?.[1] ?? [])
    return {
      line: readme.slice(0, index).split('\n').length,
      command: found.replace(/^`?(?:\$ )?/, '').trim(),
      // A command that runs a package hands the other words to it.
      packages: groups?.['installs'] === undefined ? packages.slice(0, 1) : packages,
    }
  })
}
