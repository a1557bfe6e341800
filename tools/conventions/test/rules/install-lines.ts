import { installLines, markers, UNRELEASED } from '../../../codegen/src/index.ts'
import { publishedPackages, type Repository } from '../repository.ts'

const [START, END] = markers('release')

/**
 * Below a block of code that installs packages of ours, a README says that npm does not have them, as long as they have
 * the version of a package that was never released. `generate` writes the sentence, and takes it away.
 */
export function unreleasedInstalls(repository: Repository): readonly string[] {
  const versions = new Map(publishedPackages(repository).map(({ manifest }) => [manifest.name, manifest.version]))
  return repository.files.filter(isReadme).flatMap((path) => {
    const text = repository.read(path)
    return blocksOfCode(text).flatMap((block) => {
      const names = installLines(block.code)
        .flatMap(({ packages }) => packages)
        .filter((name) => versions.has(name))
      if (names.length === 0) return []
      const listed = names.join(', ')
      const said = sentenceBelow(text.slice(block.end))
      if (said === undefined)
        return [`${path} needs ${START} and ${END} right below the block that installs ${listed}.`]
      const isUnreleased = names.some((name) => versions.get(name) === UNRELEASED)
      if (isUnreleased === (said !== '')) return []
      const fault = isUnreleased ? 'does not say that npm lacks' : 'says that npm lacks'
      return [`${path} ${fault} ${listed}. Run npx --yes pnpm@12.21.0 generate.`]
    })
  })
}

/** The READMEs of the project, of its packages and of its examples. */
function isReadme(path: string): boolean {
  return /^(?:(?:packages|examples)\/(?:.+\/)?)?README(?:\.[\w-]+)?\.md$/.test(path)
}

/** The blocks of code, each with where it ends. */
function blocksOfCode(markdown: string): readonly { readonly code: string; readonly end: number }[] {
  return [...markdown.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map((found) => ({
    code: found[1] ?? '',
    end: found.index + found[0].length,
  }))
}

/** The text between the markers, if they come next. */
function sentenceBelow(text: string): string | undefined {
  const rest = text.trimStart()
  if (!rest.startsWith(START) || !rest.includes(END)) return undefined
  return rest.slice(START.length, rest.indexOf(END)).trim()
}
