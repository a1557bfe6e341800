import { posix } from 'node:path'
import type { Repository } from './repository.ts'
import type { SitePage } from './sections.ts'
import type { Language } from './site-map.ts'

/** Where the files are that the site does not show. */
export const BROWSE = 'https://github.com/chaveiro/chaveiro'

export interface LinkContext {
  readonly repository: Repository
  /** The page that shows a file. */
  readonly pages: ReadonlyMap<string, SitePage>
  /** The file that the link is in. */
  readonly source: string
  /** The reader's. */
  readonly language: Language
}

/** Fences, code within a line, and the target of a link: the first two are left alone. */
const CODE_OR_TARGET = /^ *```[\s\S]*?^ *```$|(?<!`)(`+)(?!`)(?:(?!\1(?!`)).)+\1(?!`)|\]\((?<target>[^()\s]+)\)/gm

/**
 * The text of a page with its links made for the site: a file that the site shows is linked there, any other file of the
 * repository where it can be browsed.
 *
 * @throws {Error} when a link leads to a file that is not there
 */
export function withSiteLinks(text: string, context: LinkContext): string {
  return text.replaceAll(CODE_OR_TARGET, (found, ...rest) => {
    const { target }: { readonly target?: string } = rest.at(-1)
    return target === undefined ? found : `](${siteLink(target, context)})`
  })
}

function siteLink(target: string, { repository, pages, source, language }: LinkContext): string {
  if (/^(?:[a-z]+:|#)/i.test(target)) return target
  const [path = '', fragment] = target.split('#')
  const file = posix.join(posix.dirname(source), path).replace(/\/$/, '')
  const page = pages.get(file) ?? pages.get(posix.join(file, 'README.md'))
  const hash = fragment === undefined ? '' : `#${fragment}`
  if (page !== undefined) return `${routeOf(page.path, hash === '' ? language : languageOf(page, file))}${hash}`
  if (!repository.has(file)) throw new Error(`${source} links to ${target}, which is not there.`)
  return `${BROWSE}/${repository.isFolder(file) ? 'tree' : 'blob'}/main/${file}${hash}`
}

/** A link to a heading names it in the language of the file, which a translation may not have. */
function languageOf({ sources }: SitePage, file: string): Language {
  return Object.values(sources).indexOf(file) > 0 ? 'pt-BR' : 'en'
}

/** The address of a page on the site. */
export function routeOf(path: string, language: Language): string {
  const page = path.replace(/(?:^|\/)index$/, '/').replace(/^\//, '')
  return language === 'en' ? `/${page}` : `/${language}/${page}`
}
