import { join } from 'node:path'
import { HOME } from './home.ts'
import { withSiteLinks } from './links.ts'
import { PLAYGROUND, PLAYGROUND_PATH } from './playground.ts'
import { openRepository, type Repository } from './repository.ts'
import { pagesBySource, type SitePage, type SiteSection, sectionsOf } from './sections.ts'
import { LANGUAGES, type Language, PROVIDERS } from './site-map.ts'
import { syncFolder } from './sync-folder.ts'

/**
 * Writes the pages of the site into a folder: those in English at its root, and those in Portuguese below `pt-BR`. A page
 * that is the same as before is left alone, so that `docs:dev` reloads what has changed and nothing else. Whatever else the
 * folder has is removed.
 */
export async function stagePages(root: string, folder: string): Promise<void> {
  const repository = openRepository(root)
  const sections = sectionsOf(repository)
  const pages = LANGUAGES.flatMap((language) =>
    [...pagesIn(language, repository, sections)].map(
      ([path, text]) => [join(language === 'en' ? '' : language, `${path}.md`), text] as const,
    ),
  )
  await syncFolder(folder, new Map(pages))
}

/** The pages of one language, by their paths. */
function pagesIn(
  language: Language,
  repository: Repository,
  sections: readonly SiteSection[],
): ReadonlyMap<string, string> {
  const bySource = pagesBySource(sections)
  const pages = sections.flatMap((section) => section.pages)
  return new Map([
    ['index', HOME[language]],
    [PLAYGROUND_PATH, PLAYGROUND[language]],
    [`${PROVIDERS.folder}/index`, providerTable(language, repository, bySource)],
    ...pages.map((page) => [page.path, textOf(page, language, repository, bySource)] as const),
  ])
}

/** A page that is not translated is shown in English, and says so. */
function textOf(
  { sources }: SitePage,
  language: Language,
  repository: Repository,
  pages: ReadonlyMap<string, SitePage>,
): string {
  const source = sources[language] ?? sources.en
  const text = withSiteLinks(withoutLanguages(repository.read(source)), { repository, pages, source, language })
  return sources[language] === undefined ? text.replace(/^# .+$/m, (heading) => `${heading}\n\n${IN_ENGLISH}`) : text
}

const IN_ENGLISH = '_Esta página existe só em inglês._'

const TABLE = /<!-- providers:start -->([\s\S]*)<!-- providers:end -->/

/** The table of the README, which the generator writes from the specs. */
function providerTable(language: Language, repository: Repository, pages: ReturnType<typeof pagesBySource>): string {
  const source = language === 'en' ? 'README.md' : `README.${language}.md`
  const table = TABLE.exec(repository.read(source))?.[1] ?? ''
  // Without the outline at its side, there is room for the table.
  const text = `---\naside: false\n---\n\n# ${PROVIDERS.label[language]}\n${table}`
  return withSiteLinks(text, { repository, pages, source, language })
}

/** The site has a menu for the line that leads from one language to the other. */
function withoutLanguages(text: string): string {
  return text.replace(/^_(?:English|\[English\]).*_\n+/m, '')
}
