import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** The licences of the packages that a bundle carries, which a copy of them has to include. */
export async function licencesOf(modules: readonly string[]): Promise<string> {
  const packages = modules.flatMap((module) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module)?.[0] ?? [])
  const texts = [...new Set(packages)].sort().map(async (path) => {
    const file = (await readdir(path)).find((name) => /^licen[cs]e/i.test(name))
    if (file === undefined) throw new Error(`${path} has no licence to pass on.`)
    return `${basename(path)}\n\n${(await readFile(join(path, file), 'utf8')).trim()}\n`
  })
  return `The files beside this one contain:\n\n${(await Promise.all(texts)).join('\n----\n\n')}`
}
