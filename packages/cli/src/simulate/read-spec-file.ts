import { basename, dirname, resolve } from 'node:path'
import type { PlayableSpec } from '@chaveiro/simulator/spec'
import { readText } from '../files/read-file.ts'
import { SPEC_RULES } from '../generated/spec-rules.ts'
import type { SimulateTexts } from '../messages/simulate.en.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'

/** A spec that is to be played. */
export interface SpecFile extends PlayableSpec {
  /** As it was typed. */
  readonly path: string
  /** The variables that it names its inputs by. */
  readonly variables: Readonly<Record<string, string>>
}

/** Reads and checks a spec. What checks it is loaded here and nowhere else: it is larger than the rest of the command. */
export async function readSpecFile(session: Session, path: string, texts: SimulateTexts): Promise<SpecFile> {
  const text = await readText(session, path)
  const { readSpec, SpecError } = await import('@chaveiro/codegen/read-spec')
  try {
    const spec = await readSpec({ text, path: resolve(path), file: path }, SPEC_RULES)
    const { document, variables } = spec
    if (!isDocument(document)) throw new TypeError(`${path} was checked, and is not an OpenAPI document`)
    return { id: idOf(path), path, document, variables }
  } catch (error) {
    if (error instanceof SpecError) {
      const { message, problems } = error
      throw new Failure(EXIT.usage, 'spec', `${texts.badSpec(path, problems.length)}\n\n${message}`)
    }
    if (error instanceof Failure || !(error instanceof Error)) throw error
    throw new Failure(EXIT.usage, 'spec', `${path}: ${error.message}.`)
  }
}

/** Lint has checked what is in it. */
function isDocument(document: object): document is PlayableSpec['document'] {
  return 'openapi' in document && 'info' in document && 'paths' in document
}

/** What the provider is called: the folder of an `openapi.yaml`, as in `specs`, or else the file. */
function idOf(path: string): string {
  const whole = resolve(path)
  const file = basename(whole).replace(/\.[^.]+$/, '')
  const name = file === 'openapi' ? basename(dirname(whole)) : file
  const id = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return id === '' ? 'spec' : id
}
