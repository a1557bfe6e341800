import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkCode, codeFolder } from './check-code.ts'
import { type CodeBlock, codeBlocks, pages } from './readmes.ts'

const FOLDER = codeFolder('docs-code')

/** Where a page's code would be in the reader's own package, with what `beside-docs` has of the rest of it. */
const PLACES: Readonly<Record<string, string>> = {
  'docs/add-a-provider.md': 'add-a-provider/src',
  'docs/add-a-store.md': 'add-a-store/test',
  'docs/certificates.md': 'certificates/src',
  'docs/certificates.pt-BR.md': 'certificates-in-portuguese/src',
  'docs/consent.md': 'consent/src',
  'docs/consent.pt-BR.md': 'consent-in-portuguese/src',
}

const blocks = pages().flatMap(codeBlocks)

function placeOf({ readme, number }: CodeBlock): string {
  const place = PLACES[readme]
  if (place === undefined) throw new Error(`${readme} has TypeScript. Say in PLACES where its code would be.`)
  return `${place}/page-${number}.ts`
}

function besides(): readonly (readonly [string, string])[] {
  const folder = join(import.meta.dirname, 'beside-docs')
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return entries.map((entry) => {
    const path = join(entry.parentPath, entry.name)
    return [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')] as const
  })
}

/** The module of a page's first block. */
function importPage(page: string): Promise<unknown> {
  const first = blocks.find(({ readme }) => readme === page)
  if (first === undefined) throw new Error(`${page} has no TypeScript`)
  return import(/* @vite-ignore */ pathToFileURL(join(FOLDER, placeOf(first))).href)
}

// At once, because importing the page about stores declares tests.
const problems = checkCode(
  FOLDER,
  new Map([
    ...besides(),
    ...blocks.map((block) => [placeOf(block), '\n'.repeat(block.line - 1) + block.code] as const),
  ]),
)

describe('the code of the pages', () => {
  it.each(blocks.map((block) => [`${block.readme}:${block.line}`, block] as const))('%s type-checks', (_, block) => {
    expect(problems.filter((problem) => problem.startsWith(placeOf(block)))).toEqual([])
  })

  it('is checked together with what is beside it', () => {
    // The sources of our packages, which are read along, have a check of their own, with their own settings.
    expect(problems.filter((problem) => !/^(\s|(\.\.\/)+packages\/)/.test(problem))).toEqual([])
    expect(blocks.length).toBeGreaterThan(0)
  })
})

describe('the provider of docs/add-a-provider.md', () => {
  let acmeProvider: unknown

  beforeAll(async () => {
    const page = await importPage('docs/add-a-provider.md')
    acmeProvider = typeof page === 'object' && page !== null && 'acmeProvider' in page ? page.acmeProvider : undefined
  })

  it('signs its token call', async () => {
    const sent: Request[] = []
    const io = {
      now: 0,
      fetch: async (input: Request) => {
        sent.push(input)
        return Response.json({ access_token: 'signed', expires_in: 60 })
      },
    }
    if (typeof acmeProvider !== 'function') throw new Error('the page exports no acmeProvider')
    const provider = acmeProvider({ server: 'production' })
    const grant = await provider.acquire(io, { clientId: 'a', clientSecret: 'b' })

    expect(grant).toMatchObject({ accessToken: 'signed' })
    expect(sent[0]?.headers.get('x-signature')).toMatch(/^[0-9a-f]{64}$/)
    expect(await sent[0]?.json()).toEqual({ grant_type: 'client_credentials', client_id: 'a', client_secret: 'b' })
  })
})

describe('the store of docs/add-a-store.md', async () => {
  await importPage('docs/add-a-store.md')
})
