import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonObject } from '../spec/json.ts'
import { jsonObjectOf, parseDocument } from '../spec/parse-document.ts'
import { banner } from './banner.ts'
import type { EmittedFile } from './format-files.ts'
import { documentTypes } from './schema-types.ts'
import { documentedOnly } from './simulator-document.ts'

/** The document of the simulator's admin API, from the root. It describes a server of ours, so it isn't a spec. */
const FILE = 'packages/simulator/src/admin/openapi.yaml'

/** What the admin API is generated from its document: for the server the document itself, for clients its types. */
export async function adminFiles(root: string): Promise<readonly EmittedFile[]> {
  const text = await readFile(join(root, FILE), 'utf8').catch(() => undefined)
  if (text === undefined) return []
  const source = text.replaceAll('\r\n', '\n')
  const document = jsonObjectOf(parseDocument(source, join(root, FILE), FILE))
  const from = { file: FILE, sha256: createHash('sha256').update(source).digest('hex').slice(0, 16) }
  const generated = 'packages/simulator/src/generated'
  return [
    [`${generated}/admin.ts`, documentSource(document, banner(from))],
    [`${generated}/admin-schema.ts`, await documentTypes(document, from)],
  ]
}

function documentSource(document: JsonObject, comment: string): string {
  return [
    comment,
    "import type { OpenApiDocument } from '../openapi-document.ts'",
    '',
    '/** The admin API as documented, every `$ref` resolved. */',
    `export const document: OpenApiDocument = ${JSON.stringify(documentedOnly(document))}`,
  ].join('\n')
}
