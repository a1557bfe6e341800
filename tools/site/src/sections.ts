import type { Repository } from './repository.ts'
import { FOLDER_SECTIONS, type Language, PROVIDERS, SECTIONS, type Texts } from './site-map.ts'

/** A page with its files. */
export interface SitePage {
  /** Its path on the site, without language and ending. */
  readonly path: string
  readonly label: Texts
  /** The file in each language that it exists in, from the root of the repository. English always does. */
  readonly sources: Readonly<Partial<Record<Language, string>>> & { readonly en: string }
}

export interface SiteSection {
  readonly folder: string
  readonly label: Texts
  readonly forUsers: boolean
  readonly pages: readonly SitePage[]
}

/** Every section of the site, in the order of its navigation. */
export function sectionsOf(repository: Repository): readonly SiteSection[] {
  const [guide, ...others] = SECTIONS.map(({ pages, ...section }) => ({
    ...section,
    pages: pages.map((page) => pageOf(repository, page.source, page.path, page.label)),
  }))
  const providers = { ...PROVIDERS, pages: providerPages(repository) }
  const folders = FOLDER_SECTIONS.map(({ source, ...section }) => ({
    ...section,
    pages: folderPages(repository, source, section.folder),
  }))
  return [...(guide ? [guide] : []), providers, ...others, ...folders]
}

/** A provider has a page as soon as it has a spec and a package. */
function providerPages(repository: Repository): readonly SitePage[] {
  return repository
    .list('specs')
    .filter((id) => repository.has(`specs/${id}/openapi.yaml`) && repository.has(`packages/${id}/README.md`))
    .map((id) => {
      const name = /^info:\n(?:.*\n)*? {2}title: (.+)$/m.exec(repository.read(`specs/${id}/openapi.yaml`))?.[1] ?? id
      return pageOf(repository, `packages/${id}/README.md`, `providers/${id}`, { en: name, 'pt-BR': name })
    })
}

/** Its README is the page of the folder itself. Pages in folders of it have the folder's name before their own. */
function folderPages(repository: Repository, source: string, folder: string): readonly SitePage[] {
  const files = filesBelow(repository, source).filter((name) => name.endsWith('.md') && !name.endsWith('.pt-BR.md'))
  const page = (name: string): SitePage =>
    pageOf(repository, `${source}/${name}`, `${folder}/${name.replace(/\.md$/, '').replaceAll('/', '-')}`)
  const others = files.filter((name) => name !== README).map(page)
  const first = files.includes(README) ? [pageOf(repository, `${source}/${README}`, `${folder}/index`)] : []
  return [...first, ...others.sort((a, b) => (a.label.en < b.label.en ? -1 : 1))]
}

const README = 'README.md'

function filesBelow(repository: Repository, folder: string, within = ''): readonly string[] {
  return repository.list(`${folder}/${within}`).flatMap((name) => {
    const path = within + name
    return repository.isFolder(`${folder}/${path}`) ? filesBelow(repository, folder, `${path}/`) : [path]
  })
}

function pageOf(repository: Repository, source: string, path: string, label?: Texts): SitePage {
  const translated = source.replace(/\.md$/, '.pt-BR.md')
  const sources = { en: source, ...(repository.has(translated) ? { 'pt-BR': translated } : {}) }
  const heading = headingOf(repository, source)
  return { path, sources, label: label ?? { en: heading, 'pt-BR': headingOf(repository, sources['pt-BR'] ?? source) } }
}

/** The first heading of a page, without the marks of code. */
function headingOf(repository: Repository, source: string): string {
  return (/^# (.+)$/m.exec(repository.read(source))?.[1] ?? source).replaceAll(/[`\\]/g, '')
}

/** Which page shows a file of the repository. */
export function pagesBySource(sections: readonly SiteSection[]): ReadonlyMap<string, SitePage> {
  const pages = sections.flatMap((section) => section.pages)
  return new Map(pages.flatMap((page) => Object.values(page.sources).map((source) => [source, page])))
}
