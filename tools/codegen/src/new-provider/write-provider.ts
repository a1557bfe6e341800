import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type EmittedFile, formatFiles } from '../emit/format-files.ts'
import { UNRELEASED } from '../readme/release-block.ts'
import type { ProviderPlan } from './plan.ts'
import { registrationsOf } from './registrations.ts'
import { sourcesText } from './sources-text.ts'
import { specText } from './spec-text.ts'
import { templateValues } from './template-values.ts'

/** A template's name, where `*` is the kind of tokens, and where the file that it gives belongs. */
const PLACES: readonly (readonly [template: string, place: (id: string) => string])[] = [
  ['package.json', (id) => `packages/${id}/package.json`],
  ['tsconfig.json', (id) => `packages/${id}/tsconfig.json`],
  ['README.md', (id) => `packages/${id}/README.md`],
  ['README.pt-BR.md', (id) => `packages/${id}/README.pt-BR.md`],
  ['index.ts', (id) => `packages/${id}/src/index.ts`],
  ['browser.ts', (id) => `packages/${id}/src/browser.ts`],
  ['provider.ts', (id) => `packages/${id}/src/${id}.ts`],
  ['*-conformance.test.ts', (id) => `packages/${id}/test/conformance.test.ts`],
  ['*-simulator.ts', (id) => `packages/simulator/src/${id}/simulate-${id}.ts`],
  ['changeset.md', (id) => `.changeset/introduce-${id}.md`],
]

/** The folders of a provider; each has to be empty or missing before it is written. */
function foldersOf(id: string): readonly string[] {
  return [`specs/${id}`, `packages/${id}`, `packages/simulator/src/${id}`]
}

/** Those of the folders that are not empty. */
export async function occupied(root: string, id: string): Promise<readonly string[]> {
  const contents = await Promise.all(foldersOf(id).map((folder) => readdir(join(root, folder)).catch(() => [])))
  return foldersOf(id).filter((_, index) => (contents[index]?.length ?? 0) > 0)
}

/** Writes everything that is not generated from the spec, and names the provider where it has to be named. */
export async function writeProvider(root: string, plan: ProviderPlan): Promise<readonly string[]> {
  const { id } = plan
  // Until its first release, one changeset introduces a package, and the simulator has its own.
  const isReleased = await hasRelease(root, 'simulator')
  const values = { ...templateValues(plan), releasedSimulator: isReleased ? 'yes' : '' }
  const fromTemplates = await Promise.all(
    PLACES.map(async ([name, place]): Promise<EmittedFile> => {
      const file = `${name.replace('*', plan.tokens.kind)}.template`
      const template = await readFile(join(root, 'tools/codegen/templates', file), 'utf8')
      return [place(id), filled(template, values)]
    }),
  )
  const registered = await Promise.all(
    registrationsOf(plan).map(async ({ path, register }): Promise<EmittedFile> => {
      return [path, register(await readFile(join(root, path), 'utf8'))]
    }),
  )
  const files: readonly EmittedFile[] = [
    [`specs/${id}/openapi.yaml`, specText(plan)],
    [`specs/${id}/SOURCES.md`, sourcesText(plan)],
    ...fromTemplates,
    ...registered,
  ]
  // A formatter takes a changeset's head for a heading.
  const isFormatted = ([path]: EmittedFile): boolean => !path.startsWith('.changeset/')
  const formatted = await formatFiles(files.filter(isFormatted))
  for (const [path, text] of [...formatted, ...files.filter((file) => !isFormatted(file))]) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return files.map(([path]) => path)
}

async function hasRelease(root: string, folder: string): Promise<boolean> {
  const { version }: { version?: string } = JSON.parse(
    await readFile(join(root, 'packages', folder, 'package.json'), 'utf8'),
  )
  return version !== UNRELEASED
}

/**
 * A template with its values in place: `{{name}}`, and sections that stay where the value is not empty
 * (`{{#name}}…{{/name}}`) or where it is (`{{^name}}…{{/name}}`).
 *
 * @throws Error when the template wants a value that nothing gives.
 */
export function filled(template: string, values: Readonly<Record<string, string>>): string {
  const given = (name: string): string => {
    const value = values[name]
    if (value === undefined) throw new Error(`A template wants {{${name}}}, which nothing gives.`)
    return value
  }
  return template
    .replace(SECTION, (_, kind: string, name: string, block: string, section: string, rest: string) => {
      const kept = (given(name) === '') === (kind === '^') ? section : ''
      // A tag that has a line to itself takes that line along.
      return block === '' ? kept + rest : kept
    })
    .replace(/\{\{(\w+)\}\}/g, (_, name: string) => given(name))
}

const SECTION = /\{\{([#^])(\w+)\}\}(\n?)([\s\S]*?)\{\{\/\2\}\}(\n?)/g
