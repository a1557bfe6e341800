import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { slug } from 'github-slugger'
import type { DefaultTheme, UserConfig } from 'vitepress'
import { withContentSecurityPolicy } from './content-security-policy.ts'
import { withoutEmptyHeaders } from './empty-headers.ts'
import { BROWSE, routeOf } from './links.ts'
import { PLAYGROUND_LABEL, PLAYGROUND_PATH } from './playground.ts'
import { openRepository } from './repository.ts'
import { type SiteSection, sectionsOf } from './sections.ts'
import { type Language, PROVIDERS } from './site-map.ts'
import { DESCRIPTIONS, ENGLISH_THEME, PORTUGUESE_SEARCH, PORTUGUESE_THEME, PROJECT } from './theme-texts.ts'

/** A key, within the page, so that it costs no request. */
const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke="#0b7a53" stroke-width="3" stroke-linecap="round"><circle cx="12" cy="12" r="8"/><path d="M18 18l10 10M23 23l3-3"/></svg>',
)}`

/**
 * How VitePress makes the site of staged pages.
 *
 * @param site the folder of this package
 */
export function siteConfig(site: string): UserConfig<DefaultTheme.Config> {
  const sections = sectionsOf(openRepository(join(site, '../..')))
  return {
    srcDir: 'build/pages',
    outDir: 'build/site',
    cacheDir: 'build/cache',
    title: 'Chaveiro',
    description: DESCRIPTIONS.en,
    head: [['link', { rel: 'icon', href: ICON }]],
    // Links work on any server of files, and from a folder of one.
    cleanUrls: false,
    transformHtml: withContentSecurityPolicy,
    // It would add a style sheet of its own to the page, which the policy forbids.
    appearance: { disableTransition: false },
    // In a page, a provider's package is one that refuses to run. The keys of the playground are those of a simulator.
    vite: { resolve: { alias: { '@chaveiro/bitize': fileURLToPath(import.meta.resolve('@chaveiro/bitize')) } } },
    // The colours of the usual themes have too little contrast on the grey of code (WCAG 2.2, 1.4.3).
    markdown: {
      theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
      // Links within the repository name the headings as GitHub does.
      anchor: { slugify: slug },
      config: withoutEmptyHeaders,
    },
    locales: {
      root: {
        label: 'English',
        lang: 'en',
        description: DESCRIPTIONS.en,
        themeConfig: { ...themeOf(sections, 'en'), ...ENGLISH_THEME },
      },
      'pt-BR': {
        label: 'Português',
        lang: 'pt-BR',
        description: DESCRIPTIONS['pt-BR'],
        themeConfig: { ...themeOf(sections, 'pt-BR'), ...PORTUGUESE_THEME },
      },
    },
    themeConfig: {
      outline: [2, 3],
      socialLinks: [{ icon: 'github', link: BROWSE }],
      search: {
        provider: 'local',
        options: { locales: { 'pt-BR': { translations: PORTUGUESE_SEARCH } } },
      },
    },
  }
}

function themeOf(sections: readonly SiteSection[], language: Language): DefaultTheme.Config {
  const ofUsers = sections.filter(({ forUsers }) => forUsers)
  const ofProject = sections.filter(({ forUsers }) => !forUsers)
  return {
    nav: [
      ...ofUsers.map((section) => navigationTo(section, language)),
      { text: PLAYGROUND_LABEL[language], link: routeOf(PLAYGROUND_PATH, language) },
      { text: PROJECT[language], items: ofProject.map((section) => navigationTo(section, language)) },
    ],
    sidebar: Object.fromEntries(
      sections.map((section) => [routeOf(`${section.folder}/index`, language), sidebarOf(section, language)]),
    ),
  }
}

function navigationTo({ folder, label, pages }: SiteSection, language: Language): DefaultTheme.NavItemWithLink {
  const [first] = pages
  const path = first === undefined || folder === PROVIDERS.folder ? `${folder}/index` : first.path
  return { text: label[language], link: routeOf(path, language), activeMatch: `/${folder}/` }
}

function sidebarOf({ label, pages }: SiteSection, language: Language): DefaultTheme.SidebarItem[] {
  const items = pages.map((page) => ({ text: page.label[language], link: routeOf(page.path, language) }))
  return [{ text: label[language], items }]
}
