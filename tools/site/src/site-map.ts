/** The languages of the site. English is at its root. */
export const LANGUAGES = ['en', 'pt-BR'] as const

export type Language = (typeof LANGUAGES)[number]

/** A text in each language. */
export type Texts = Readonly<Record<Language, string>>

/** One page of the site, which is one file of the repository in each language that it exists in. */
interface Page {
  /** The file in English, from the root. The one in Portuguese has `.pt-BR` before its ending, where there is one. */
  readonly source: string
  /** Its path on the site, without language and ending. */
  readonly path: string
  /** What the sidebar calls it. @default the heading of the page */
  readonly label?: Texts
}

/** A part of the site, with an entry in the navigation and a sidebar of its own. */
export interface Section {
  readonly folder: string
  readonly label: Texts
  /** Is it for people who use the packages, or for those who work on them? */
  readonly forUsers: boolean
  readonly pages: readonly Page[]
}

const both = (en: string, pt: string): Texts => ({ en, 'pt-BR': pt })

const GUIDE: Section = {
  folder: 'guide',
  label: both('Guide', 'Guia'),
  forUsers: true,
  pages: [
    { source: 'README.md', path: 'guide/start', label: both('Get started', 'Comece aqui') },
    {
      source: 'packages/core/README.md',
      path: 'guide/core',
      label: both('Tokens, refresh and retry', 'Tokens e retries'),
    },
    {
      source: 'packages/stores/README.md',
      path: 'guide/stores',
      label: both('Where tokens are kept', 'Onde ficam os tokens'),
    },
    {
      source: 'packages/oauth/README.md',
      path: 'guide/oauth',
      label: both('Any OAuth server', 'Qualquer servidor OAuth'),
    },
    { source: 'docs/consent.md', path: 'guide/consent', label: both('Connecting accounts', 'Conectar contas') },
    { source: 'docs/certificates.md', path: 'guide/certificates', label: both('Client certificates', 'Certificados') },
    { source: 'packages/cli/README.md', path: 'guide/command-line', label: both('Command line', 'Linha de comando') },
    { source: 'packages/simulator/README.md', path: 'guide/simulator', label: both('Testing', 'Testes') },
    { source: 'SECURITY.md', path: 'guide/security', label: both('Security', 'Segurança') },
    { source: 'docs/glossary.md', path: 'guide/glossary', label: both('Glossary', 'Glossário') },
  ],
}

const RECIPES: Section = {
  folder: 'recipes',
  label: both('Recipes', 'Receitas'),
  forUsers: true,
  pages: [
    { source: 'docs/recipes/express.md', path: 'recipes/express' },
    { source: 'docs/recipes/nestjs.md', path: 'recipes/nestjs' },
    { source: 'docs/recipes/nextjs.md', path: 'recipes/nextjs' },
    { source: 'docs/recipes/tenants.md', path: 'recipes/tenants' },
    { source: 'docs/recipes/cron.md', path: 'recipes/cron' },
    { source: 'docs/recipes/lambda.md', path: 'recipes/lambda' },
    { source: 'docs/recipes/workers.md', path: 'recipes/workers' },
    { source: 'docs/recipes/docker.md', path: 'recipes/docker' },
    { source: 'docs/recipes/network.md', path: 'recipes/network' },
    { source: 'docs/recipes/jest.md', path: 'recipes/jest' },
    { source: 'docs/recipes/axios-interceptor.md', path: 'recipes/axios-interceptor' },
    { source: 'examples/README.md', path: 'recipes/examples', label: both('Programs that run', 'Programas que rodam') },
    { source: 'docs/comparison.md', path: 'recipes/comparison' },
    {
      source: 'docs/migration/bling.md',
      path: 'recipes/from-bling-code',
      label: both('From your Bling code', 'Do seu código do Bling'),
    },
    { source: 'docs/migration/efi.md', path: 'recipes/from-efi-sdk', label: both('From the Efí SDK', 'Do SDK da Efí') },
    {
      source: 'docs/migration/mercado-livre.md',
      path: 'recipes/from-mercado-livre-code',
      label: both('From your Mercado Livre code', 'Do seu código do Mercado Livre'),
    },
  ],
}

const CONTRIBUTE: Section = {
  folder: 'contribute',
  label: both('Contribute', 'Contribua'),
  forUsers: false,
  pages: [
    { source: 'CONTRIBUTING.md', path: 'contribute/start', label: both('Get started', 'Comece aqui') },
    { source: 'docs/architecture.md', path: 'contribute/architecture' },
    { source: 'docs/add-a-provider.md', path: 'contribute/add-a-provider' },
    { source: 'docs/write-a-spec.md', path: 'contribute/write-a-spec' },
    { source: 'docs/add-a-store.md', path: 'contribute/add-a-store' },
    { source: 'docs/command.md', path: 'contribute/command' },
    { source: 'docs/writing.md', path: 'contribute/writing' },
    { source: 'docs/dependencies.md', path: 'contribute/dependencies' },
    { source: 'docs/roadmap.md', path: 'contribute/roadmap' },
  ],
}

/** The sections whose pages are listed here, each at the place where a reader looks for it. */
export const SECTIONS: readonly Section[] = [GUIDE, RECIPES, CONTRIBUTE]

/** A section with every page of a folder. */
export interface FolderSection {
  readonly folder: string
  readonly label: Texts
  readonly forUsers: boolean
  /** The folder of the repository. */
  readonly source: string
}

/** The first is written by `pnpm run docs`. */
export const FOLDER_SECTIONS: readonly FolderSection[] = [
  { folder: 'reference', label: both('Reference', 'Referência'), forUsers: true, source: 'docs/api' },
  { folder: 'decisions', label: both('Decisions', 'Decisões'), forUsers: false, source: 'docs/decisions' },
  { folder: 'reports', label: both('Measurements', 'Medições'), forUsers: false, source: 'docs/reports' },
]

/** The section of the providers: a page for each spec, and before them the table that the READMEs have. */
export const PROVIDERS: Pick<Section, 'folder' | 'label' | 'forUsers'> = {
  folder: 'providers',
  label: both('Providers', 'Provedores'),
  forUsers: true,
}
