import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { formatFiles } from '../src/emit/format-files.ts'
import { generateAll } from '../src/index.ts'
import { jsonObjectOf, parseDocument } from '../src/spec/parse-document.ts'
import { type Reasons, type Surface, surfacesReport } from './surfaces-report.ts'
import { repository } from './temporary-repository.ts'

const FOLDER = join(repository, 'tools/codegen/test/surfaces')

/** What no spec of `surfaces/` says whole. */
const BEYOND: Reasons = {
  Asaas: 'It has a permanent key that is sent as it is. No token is issued, so there is nothing to keep valid.',
  Omie: 'It has a permanent key and secret in the body of every request. No token is issued.',
  'Pagar.me': 'It has a permanent key in HTTP Basic. No token is issued.',
  'PagBank Connect':
    'The sources we saw name neither the path of its token endpoint nor how the client authenticates. Facts are missing, not words.',
  'Open Finance Brasil':
    'The client is registered by an API call with each bank, and requests for consent are signed objects. Only regulated institutions take part.',
  'GitHub App':
    'A token of the application, which the application signs itself, goes into the header of the token call.',
}

const FACTS = ['expires', 'repeat', 'pkce', 'issuer', 'limit', 'renew', 'lockout', 'rejected']
const OF_REFRESH_TOKENS = ['expires', 'idle', 'rotation', 'uses', 'grace'].map((fact) => `refreshToken.${fact}`)

test('the specs of the survey generate code that compiles, and are as many as the report says', async () => {
  const stated = await readSurfaces()
  const { root, files } = await generated(stated)
  expect(files.size).toBeGreaterThan(0)

  expect(await compile(root, files)).toBe('')
  // As the formatter of the repository leaves it.
  const [report] = await formatFiles([['docs/reports/token-surfaces.md', surfacesReport(stated, BEYOND)]])
  await expect(report?.[1]).toMatchFileSnapshot('../../../docs/reports/token-surfaces.md')
}, 300_000)

async function readSurfaces(): Promise<readonly Surface[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.yaml')).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(FOLDER, name), 'utf8')
      return {
        id: name.replace('.yaml', ''),
        text,
        document: jsonObjectOf(parseDocument(text, join(FOLDER, name), name)),
      }
    }),
  )
}

/** The code of all of them, in one run. */
async function generated(surfaces: readonly Surface[]) {
  const root = await mkdtemp(join(tmpdir(), 'chaveiro-surfaces-'))
  onTestFinished(() => rm(root, { recursive: true }))
  await cp(join(repository, 'specs/_schema'), join(root, 'specs/_schema'), { recursive: true })
  await cp(join(repository, 'redocly.yaml'), join(root, 'redocly.yaml'))
  for (const { id, text } of surfaces) {
    await mkdir(join(root, 'specs', id), { recursive: true })
    await writeFile(join(root, 'specs', id, 'openapi.yaml'), text)
    await writeFile(join(root, 'specs', id, 'SOURCES.md'), sourcesFor(text))
  }
  return { root, files: (await generateAll({ root })).files }
}

/** What has a source is said in the spec's own description: here every fact has a line. */
function sourcesFor(text: string): string {
  const calls = ['', 'acquire.', 'refresh.', 'exchange.', 'consent.exchange.', 'consent.request.', 'consent.shown.']
  const facts = calls.flatMap((call) => [...FACTS, ...OF_REFRESH_TOKENS].map((fact) => call + fact))
  const schemes = [...text.matchAll(/^ {4}(\w+):$/gm)].map(([, name]) => name)
  const named = [...facts, ...schemes.flatMap((scheme) => facts.map((fact) => `${scheme}.${fact}`))]
  return `${named.map((name) => `\`${name}\``).join('\n')}\n\n## Secrets in a query\n\n\`gw-dev-app-key\`\n`
}

/** What the compiler says of all of it, in one run. */
async function compile(root: string, files: ReadonlyMap<string, string>): Promise<string> {
  // Below the package of the generator, from where @chaveiro/core resolves.
  const folder = join(repository, 'tools/codegen/node_modules/.cache', root.split(/[\\/]/).at(-1) ?? '')
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [path, text] of files) {
    if (!path.includes('/src/generated/') || path.startsWith('packages/simulator/')) continue
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  const compilerOptions = {
    lib: ['es2023', 'esnext.disposable', 'dom', 'dom.iterable'],
    noEmit: true,
    composite: false,
    declarationMap: false,
    skipLibCheck: true,
  }
  const config = { extends: join(repository, 'tsconfig.base.json'), compilerOptions, include: ['packages'] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const compiler = join(repository, 'node_modules/typescript/bin/tsc')
  return new Promise((resolve) => {
    execFile(process.execPath, [compiler, '--project', folder, '--pretty', 'false'], (_, stdout, stderr) =>
      resolve(`${stdout}${stderr}`),
    )
  })
}
