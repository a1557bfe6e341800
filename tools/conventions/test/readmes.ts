import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { publishedPackages, ROOT, read } from './repository.ts'

/** One ```ts block of a README or of a page in `docs`. */
export interface CodeBlock {
  /** The text, from the repository's folder on. */
  readonly readme: string
  /** Its first block has number 1. */
  readonly number: number
  /** The line of the text on which its code begins. */
  readonly line: number
  readonly code: string
}

/** Every README of the repository and of its packages, in every language. */
export function readmes(): string[] {
  const folders = ['', ...publishedPackages().map(({ folder }) => `packages/${folder}/`)]
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => /^README(\.[\w-]+)?\.md$/.test(name))
      .sort()
      .map((name) => folder + name),
  )
}

/** The pages of `docs` that a person wrote. */
export function pages(): string[] {
  const names = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'))
  return names.sort().map((name) => `docs/${name}`)
}

/** The TypeScript of a README or a page. */
export function codeBlocks(readme: string): CodeBlock[] {
  const text = read(readme)
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map((found, index) => ({
    readme,
    number: index + 1,
    line: text.slice(0, found.index).split('\n').length + 1,
    code: found[1] ?? '',
  }))
}
