import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT, read } from './repository.ts'

// A page's program is the tested file itself, named in a comment above it. `npx vitest run --project tools/conventions
// test/recipes.test.ts --update` writes the programs into their pages.
const PROGRAM = /^(<!-- (examples\/\S+) -->\n\n)```(\w+)\n.*?^```$/gms

const names = (folder: string): string[] => readdirSync(join(ROOT, folder)).sort()

const pages = names('docs/recipes')

const programsOn = (page: string): string[] =>
  [...read(`docs/recipes/${page}`).matchAll(PROGRAM)].map(([, , path = '']) => path)

/** The page, with each program as its file has it now. */
function withPrograms(text: string): string {
  return text.replace(PROGRAM, (_, comment: string, path: string, language: string) =>
    [comment, '```', language, '\n', read(path), '```'].join(''),
  )
}

describe('the recipes', () => {
  it.each(pages)('%s has its programs as they are tested', async (page) => {
    await expect(withPrograms(read(`docs/recipes/${page}`))).toMatchFileSnapshot(join(ROOT, 'docs/recipes', page))
  })

  it.each(pages)('%s has no other code than programs and commands', (page) => {
    const others = read(`docs/recipes/${page}`)
      .replace(PROGRAM, '')
      .matchAll(/^```(\w+)$/gm)
    expect([...others].map(([, language]) => language).filter((language) => language !== 'sh')).toEqual([])
  })

  it.each(pages.filter((page) => !page.endsWith('.pt-BR.md')))('%s has the same programs in Portuguese', (page) => {
    const portuguese = page.replace(/\.md$/, '.pt-BR.md')
    expect(existsSync(join(ROOT, 'docs/recipes', portuguese))).toBe(true)
    expect(programsOn(page).length).toBeGreaterThan(0)
    expect(programsOn(portuguese)).toEqual(programsOn(page))
  })

  it('every program of examples/recipes is on a page', () => {
    const shown = pages.flatMap(programsOn).map((path) => path.split('/').slice(0, 3).join('/'))
    for (const name of names('examples/recipes')) expect(shown).toContain(`examples/recipes/${name}`)
  })
})
