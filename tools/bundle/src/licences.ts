import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Of packages that say which licence they have, and leave its text in their repository. The file is named like the package.
const OUR_COPIES = fileURLToPath(new URL('../licences/', import.meta.url))

/** The licences of the packages that a bundle carries, which a copy of them has to include. */
export async function licencesOf(modules: readonly string[]): Promise<string> {
  const packages = modules.flatMap((module) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module)?.[0] ?? [])
  const texts = [...new Set(packages)].sort().map(async (path) => {
    const file = (await readdir(path)).find((name) => /^licen[cs]e/i.test(name))
    const text = await readFile(file === undefined ? copyOf(path) : join(path, file), 'utf8').catch(() => undefined)
    if (text === undefined) throw new Error(`${path} has no licence to pass on.`)
    return `${basename(path)}\n\n${text.trim()}\n`
  })
  return `The files beside this one contain:\n\n${(await Promise.all(texts)).join('\n----\n\n')}`
}

function copyOf(path: string): string {
  const [, name = ''] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? []
  return join(OUR_COPIES, `${name.replace('/', '+')}.txt`)
}
