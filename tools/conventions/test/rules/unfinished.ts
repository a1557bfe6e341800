import { providerIds, publishedPackages, type Repository } from '../repository.ts'

/** A provider is private, so that no release takes it along, as long as somebody has to look up facts of it. */
export function privateWhileUnfinished(repository: Repository): readonly string[] {
  const { files, read } = repository
  const ids = providerIds(repository)
  return publishedPackages(repository)
    .filter(({ folder }) => ids.includes(folder))
    .flatMap(({ folder, manifest }) => {
      const unfinished = files.find((path) => path.startsWith(`specs/${folder}/`) && read(path).includes('PLACEHOLDER'))
      if (manifest.private === true && unfinished === undefined) {
        return [`packages/${folder}/package.json: nothing is left to look up, so take "private" away.`]
      }
      return manifest.private !== true && unfinished !== undefined
        ? [`${unfinished} has PLACEHOLDERs: look them up, or say "private": true in packages/${folder}/package.json.`]
        : []
    })
}
