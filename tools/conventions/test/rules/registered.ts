import { posix } from 'node:path'
import { publishedPackages, type Repository } from '../repository.ts'

/** The compiler looks at every project: a tsconfig.json without a reference is never checked. */
export function everyProject(repository: Repository): readonly string[] {
  const projects = repository.files.flatMap(
    (path) => /^((?:packages|tools|tests|bench|examples\/recipes)\/[^/]+)\/tsconfig\.json$/.exec(path)?.[1] ?? [],
  )
  const references = referencesOf('tsconfig.test.json', repository)
  return [
    ...projects
      .filter((project) => !references.includes(project))
      .map((project) => `tsconfig.test.json has no reference to ${project}.`),
    ...references
      .filter((project) => !repository.files.includes(`${project}/tsconfig.json`))
      .map((project) => `tsconfig.test.json refers to ${project}, which is not there.`),
  ]
}

/** A package's compiler settings refer to those packages of ours that it depends on. */
export function projectReferences(repository: Repository): readonly string[] {
  return publishedPackages(repository).flatMap(({ folder, manifest }) => {
    const config = `packages/${folder}/tsconfig.json`
    if (!repository.files.includes(config)) return []
    const wanted = Object.keys(manifest.dependencies ?? {})
      .filter((name) => name.startsWith('@chaveiro/'))
      .map((name) => `packages/${name.replace('@chaveiro/', '')}`)
    const references = referencesOf(config, repository)
    return wanted
      .filter((project) => !references.includes(project))
      .map((project) => `${config} has no reference to ${project}, on which the package depends.`)
  })
}

function referencesOf(config: string, { read }: Repository): readonly string[] {
  return [...read(config).matchAll(/"path": "([^"]+)"/g)].map(([, path]) =>
    posix.join(posix.dirname(config), path ?? ''),
  )
}
