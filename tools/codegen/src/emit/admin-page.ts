import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import ts from 'typescript'
import type { EmittedFile } from './format-files.ts'

const FOLDER = 'packages/simulator/src/page'

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  ts: 'text/javascript; charset=utf-8',
}

/**
 * The files of the simulator's page as one module of texts. So the page is there wherever the simulator is: in its package,
 * in the bundle of the command, and in tests that run the sources. Browsers load modules, so nothing is bundled.
 */
export async function adminPage(root: string): Promise<readonly EmittedFile[]> {
  const names = (await readdir(join(root, FOLDER)).catch(() => [])).filter((name) => endingOf(name) in TYPES).sort()
  if (names.length === 0) return []
  const files = await Promise.all(
    names.map(async (name) => {
      const text = (await readFile(join(root, FOLDER, name), 'utf8')).replaceAll('\r\n', '\n')
      const isScript = endingOf(name) === 'ts'
      const file = { type: TYPES[endingOf(name)], text: isScript ? scriptOf(text) : text }
      return [isScript ? name.replace(/ts$/, 'js') : name, file]
    }),
  )
  const source = [
    `// Generated from ${FOLDER}.`,
    '// Do not edit: change the files there, then run `pnpm generate`.',
    '',
    '/** A file of the page. */',
    'export interface PageFile {',
    '  readonly type: string',
    '  readonly text: string',
    '}',
    '',
    '/** The files of the page, by name. */',
    `export const PAGE: Readonly<Record<string, PageFile>> = ${JSON.stringify(Object.fromEntries(files))}`,
  ].join('\n')
  return [['packages/simulator/src/generated/page.ts', source]]
}

function endingOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

function scriptOf(text: string): string {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ES2022,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  })
  return outputText
}
