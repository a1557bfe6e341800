import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  Application,
  Comment,
  DeclarationReflection,
  type LogLevel,
  OptionDefaults,
  type ProjectReflection,
  ReflectionKind,
  type TypeDocOptions,
} from 'typedoc'
import type { PluginOptions } from 'typedoc-plugin-markdown'
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
  const app = await Application.bootstrapWithPlugins({ ...optionsOf(root, entries), ...pagesOf(folder) })
  const project = await app.convert()
  if (project === undefined) return false
  describeObvious(project)
  nameEntries(project, root, entries)
  app.validate(project)
  if (app.logger.hasErrors() || app.logger.hasWarnings()) return false
  await rm(folder, { recursive: true, force: true })
  await app.generateOutputs(project)
  return !app.logger.hasErrors() && !app.logger.hasWarnings()
}

// Sentences where the name and the type say it all, or a document does.
const AS_SPECIFIED = 'As the specification of the provider says.'
const BY_ITS_TYPE = 'Told by its type: it sets this kind apart from the others.'

/**
 * Describes what needs no docstring: generated types and facts, whose words are in the spec if it has any; members with
 * one possible value; and those of a type without a name, which is described where it is used.
 */
function describeObvious(project: ProjectReflection): void {
  for (const reflection of Object.values(project.reflections)) {
    if (!(reflection instanceof DeclarationReflection)) continue
    const file = project.getSymbolIdFromReflection(reflection)?.fileName ?? ''
    const isGenerated = /\/generated\/(schema|facts)\.ts$/.test(file)
    const isWithinUnnamed = reflection.parent?.name === '__type'
    if (!isGenerated && !isWithinUnnamed && !hasOneValue(reflection)) continue
    reflection.comment ??= new Comment([{ kind: 'text', text: isGenerated ? AS_SPECIFIED : BY_ITS_TYPE }])
  }
}

/** typedoc names an entry by the path of its source; users know it by what they import. */
function nameEntries(project: ProjectReflection, root: string, entries: readonly PublishedEntry[]): void {
  for (const module of project.getChildrenByKind(ReflectionKind.Module)) {
    const file = project.getSymbolIdFromReflection(module)?.fileName
    const entry = entries.find(({ source }) => join(root, source) === file)
    if (entry !== undefined) module.name = entry.specifier
  }
}

/** A discriminant, the name of a class of errors, or an option that another shape of the options excludes. */
function hasOneValue({ name, type }: DeclarationReflection): boolean {
  if (type?.type === 'literal' || name === 'name') return true
  return type?.type === 'intrinsic' && type.name === 'undefined'
}

/** One page for each entry, in the Markdown that the site is made of. */
function pagesOf(folder: string): TypeDocOptions & PluginOptions {
  return {
    plugin: ['typedoc-plugin-markdown'],
    outputs: [{ name: 'markdown', path: folder }],
    outputFileStrategy: 'modules',
    excludeScopesInPaths: true,
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useCodeBlocks: true,
    expandParameters: true,
    parametersFormat: 'table',
    classPropertiesFormat: 'table',
    interfacePropertiesFormat: 'table',
    typeAliasPropertiesFormat: 'table',
    tableColumnSettings: { hideInherited: true },
    sanitizeComments: true,
  }
}

function optionsOf(root: string, entries: readonly PublishedEntry[]): TypeDocOptions {
  const warn: keyof typeof LogLevel = 'Warn'
  return {
    name: 'Reference',
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
    blockTags: [...OptionDefaults.blockTags, '@description', '@constant'],
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
