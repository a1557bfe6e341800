import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SCHEMAS } from '../spec/vocabulary.ts'
import type { EmittedFile } from './format-files.ts'

const FILE = 'packages/cli/src/generated/spec-rules.ts'

/** What the command checks specs with, as one module of texts: it runs where no repository is. */
export async function specRules(root: string): Promise<readonly EmittedFile[]> {
  const hasCommand = await readFile(join(root, 'packages/cli/package.json'), 'utf8').catch(() => undefined)
  if (hasCommand === undefined) return []
  const schemas = await Promise.all(
    SCHEMAS.map(async (file) => {
      const schema: unknown = JSON.parse(await readFile(join(root, 'specs/_schema', file), 'utf8'))
      return JSON.stringify(schema)
    }),
  )
  const redocly = (await readFile(join(root, 'redocly.yaml'), 'utf8')).replaceAll('\r\n', '\n')
  const source = [
    '// Generated from specs/_schema and redocly.yaml.',
    '// Do not edit: change them, then run `pnpm generate`.',
    '',
    '/** What specs are checked with: the texts of the schemas, and of the settings of Redocly. */',
    `export const SPEC_RULES: { readonly schemas: readonly string[]; readonly redocly: string } = ${JSON.stringify({ schemas, redocly })}`,
  ].join('\n')
  return [[FILE, source]]
}
