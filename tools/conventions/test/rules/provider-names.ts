import { providerIds, type Repository } from '../repository.ts'

/** Everything of a provider is called after its id, and is where one looks for it. */
export function providerNames(repository: Repository): readonly string[] {
  return providerIds(repository).flatMap((id) => [...filesOf(id, repository), ...exportsOf(id, repository)])
}

function filesOf(id: string, { files }: Repository): readonly string[] {
  return [
    `specs/${id}/SOURCES.md`,
    `packages/${id}/README.md`,
    `packages/${id}/README.pt-BR.md`,
    `packages/${id}/src/${id}.ts`,
    `packages/${id}/src/browser.ts`,
    `packages/${id}/src/index.ts`,
    `packages/simulator/src/${id}/simulate-${id}.ts`,
  ]
    .filter((path) => !files.includes(path))
    .map((path) => `${path} is missing: ${id} is a provider.`)
}

function exportsOf(id: string, { files, read }: Repository): readonly string[] {
  const name = id.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())
  const index = `packages/${id}/src/index.ts`
  if (!files.includes(index)) return []
  const provider = `${name[0]?.toLowerCase()}${name.slice(1)}Provider`
  return [name, `create${name}`, `${name}Options`, `${name}Inputs`, `${name}Server`, provider]
    .filter((exported) => !new RegExp(`\\b${exported}\\b`).test(read(index)))
    .map((exported) => `${index} does not export ${exported}.`)
}
