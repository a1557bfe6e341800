import { join } from 'node:path'
import {
  Application,
  Comment,
  type LogLevel,
  OptionDefaults,
  type ProjectReflection,
  type TypeDocOptions,
} from 'typedoc'
import type { PublishedEntry } from './published-entries.ts'

/**
 * Writes the pages of the API reference into a folder, from the docstrings of everything that is exported.
 *
 * @returns whether nothing was to be said against it: a symbol without a docstring, a link that leads nowhere, a type that
 * is mentioned and exported by no entry. typedoc prints each with its place.
 */
export async function writeApiPages(
  root: string,
  entries: readonly PublishedEntry[],
  folder: string,
): Promise<boolean> {
  const app = await Application.bootstrap(optionsOf(root, entries))
  const project = await app.convert()
  if (project === undefined) return false
  describeGenerated(project)
  app.validate(project)
  if (app.logger.hasErrors() || app.logger.hasWarnings()) return false
  await app.generateDocs(project, folder)
  return !app.logger.hasErrors() && !app.logger.hasWarnings()
}

/** A generated type or fact is described by its spec, where that says something; otherwise this sentence points there. */
function describeGenerated(project: ProjectReflection): void {
  for (const reflection of Object.values(project.reflections)) {
    const file = project.getSymbolIdFromReflection(reflection)?.fileName
    if (file === undefined || !/\/generated\/(schema|facts)\.ts$/.test(file)) continue
    reflection.comment ??= new Comment([{ kind: 'text', text: 'As the specification of the provider says.' }])
  }
}

function optionsOf(root: string, entries: readonly PublishedEntry[]): TypeDocOptions {
  const warn: keyof typeof LogLevel = 'Warn'
  return {
    name: 'Chaveiro',
    entryPoints: entries.map(({ source }) => join(root, source)),
    basePath: root,
    displayBasePath: root,
    tsconfig: join(root, 'tools/reference/reference.tsconfig.json'),
    readme: 'none',
    // No link to a commit: the pages of one state of the sources are the same wherever they are made.
    disableSources: true,
    githubPages: false,
    excludeInternal: true,
    // As openapi-typescript writes them.
    blockTags: [...OptionDefaults.blockTags, '@description'],
    logLevel: warn,
    validation: { notExported: true, invalidLink: true, invalidPath: true, rewrittenLink: true, notDocumented: true },
    // Without this only the package that typedoc is started in would have to be documented.
    packagesRequiringDocumentation: [...new Set(entries.map(({ packageName }) => packageName))],
    requiredToBeDocumented: [
      'Class',
      'Enum',
      'EnumMember',
      'Function',
      'Interface',
      'Method',
      'Accessor',
      'Property',
      'TypeAlias',
      'Variable',
    ],
    treatWarningsAsErrors: true,
    treatValidationWarningsAsErrors: true,
  }
}
