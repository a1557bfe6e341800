import { providerIds, type Repository, typescriptFiles } from '../repository.ts'

/** The core names no provider: what one of them needs is a fact of its spec. An example in a comment may show one. */
export function namelessCore(repository: Repository): readonly string[] {
  return typescriptFiles('packages/core/src', repository).flatMap((file) =>
    providerIds(repository)
      .filter((id) => new RegExp(`\\b${id}\\b`, 'i').test(withoutComments(repository.read(file))))
      .map((id) => `${file} names ${id}. The core knows no provider.`),
  )
}

/**
 * The simulated providers have their documents and never a lifecycle, so that a mistaken one cannot pass on both sides. The player
 * of specs is handed one, and reads it by itself.
 */
export function lifelessSimulator(repository: Repository): readonly string[] {
  return typescriptFiles('packages/simulator/src', repository)
    .filter((file) => !file.startsWith('packages/simulator/src/spec/'))
    .filter((file) => repository.read(file).includes('x-token-lifecycle'))
    .map((file) => `${file} contains a lifecycle. Only its document may reach the simulator.`)
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
}
