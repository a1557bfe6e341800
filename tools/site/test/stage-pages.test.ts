import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { stagePages } from '../src/index.ts'
import { FOLDER_SECTIONS, SECTIONS } from '../src/site-map.ts'

const TABLE =
  '<!-- providers:start -->\n\n| provider |\n| --- |\n| [Acme](packages/acme/README.md) |\n\n<!-- providers:end -->\n'

/** Every file that the site map names, and a provider. */
const FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(SECTIONS.flatMap(({ pages }) => pages.map(({ source }) => [source, `# ${source}\n`]))),
  ...Object.fromEntries(FOLDER_SECTIONS.map(({ source }) => [`${source}/README.md`, `# ${source}\n`])),
  'README.md': `# Ours\n\n_English · [Português](README.pt-BR.md)_\n\n${TABLE}`,
  'README.pt-BR.md': `# Nosso\n\n_[English](README.md) · Português_\n\n${TABLE}`,
  'specs/acme/openapi.yaml': 'openapi: 3.1.0\ninfo:\n  # As it calls itself.\n  title: Acme Pay\n',
  'packages/acme/README.md': '# @chaveiro/acme\n',
  'packages/acme/src/index.ts': '',
}

/** Makes a repository with these files besides, and returns its root. */
async function repositoryWith(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'chaveiro-site-'))
  onTestFinished(() => rm(root, { recursive: true }))
  for (const [path, text] of Object.entries({ ...FILES, ...files })) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return root
}

/** Stages such a repository, and gives what reads a page of it. */
async function staged(files: Readonly<Record<string, string>>): Promise<(page: string) => Promise<string>> {
  const root = await repositoryWith(files)
  const folder = join(root, 'build')
  await stagePages(root, folder)
  return (page) => readFile(join(folder, page), 'utf8')
}

it('makes a page in each language, without the line that leads from one to the other', async () => {
  const page = await staged({})
  expect(await page('guide/start.md')).toMatch(/^# Ours\n\n<!--/)
  expect(await page('pt-BR/guide/start.md')).toMatch(/^# Nosso\n\n<!--/)
})

it('shows a page that is not translated in English, and says so', async () => {
  const page = await staged({})
  expect(await page('pt-BR/decisions/index.md')).toBe('# docs/decisions\n\n_Esta página existe só em inglês._\n')
})

it('has a page for each provider with a spec, and the table of all', async () => {
  const page = await staged({})
  expect(await page('providers/acme.md')).toBe('# @chaveiro/acme\n')
  expect(await page('pt-BR/providers/index.md')).toContain('| [Acme](/pt-BR/providers/acme) |')
})

it('links to the site what it shows, in the language of the reader, and anything else to the repository', async () => {
  const links = [
    '[a](docs/consent.md#begin)',
    '[`b`](packages/acme/README.md) and `[c](docs/consent.md)`',
    '[d](packages/acme/src/index.ts)',
    '[e](packages/acme)',
    '[f](docs/decisions)',
    '[g](#below)',
    '[h](https://acme.example/x)',
    '```md\n[i](docs/consent.md)\n```',
  ].join('\n\n')
  const page = await staged({ 'SECURITY.md': links, 'docs/decisions/deep.md': '[up](../../SECURITY.md)' })
  const REPOSITORY = 'https://github.com/chaveiro/chaveiro'
  expect((await page('guide/security.md')).split('\n\n')).toEqual([
    '[a](/guide/consent#begin)',
    '[`b`](/providers/acme) and `[c](docs/consent.md)`',
    `[d](${REPOSITORY}/blob/main/packages/acme/src/index.ts)`,
    // A folder is the page of its README.
    '[e](/providers/acme)',
    '[f](/decisions/)',
    '[g](#below)',
    '[h](https://acme.example/x)',
    '```md\n[i](docs/consent.md)\n```',
  ])
  expect(await page('pt-BR/decisions/deep.md')).toContain('[up](/pt-BR/guide/security)')
  // A heading may have another name in a translation, or be missing there.
  expect(await page('pt-BR/guide/security.md')).toContain('[a](/guide/consent#begin)')
})

it('refuses a link to a file that is not there', async () => {
  await expect(staged({ 'SECURITY.md': '[gone](docs/gone.md)' })).rejects.toThrow(
    'SECURITY.md links to docs/gone.md, which is not there.',
  )
})

it('writes only the pages that changed, and removes those whose files are gone', async () => {
  const root = await repositoryWith({ 'docs/decisions/old.md': '# Old\n', 'docs/decisions/kept.md': '# Kept\n' })
  const folder = join(root, 'build')
  await stagePages(root, folder)
  const kept = join(folder, 'decisions/kept.md')
  const before = await stat(kept)
  await rm(join(root, 'docs/decisions/old.md'))
  await writeFile(join(root, 'docs/consent.md'), '# Changed\n')
  await writeFile(join(folder, 'stray.txt'), '')
  await stagePages(root, folder)
  expect(await readFile(join(folder, 'guide/consent.md'), 'utf8')).toBe('# Changed\n')
  expect((await readdir(join(folder, 'decisions'))).sort()).toEqual(['index.md', 'kept.md'])
  expect(await readdir(folder)).not.toContain('stray.txt')
  // A page that is written again gets another time of change.
  expect((await stat(kept)).mtimeMs).toBe(before.mtimeMs)
})
