// Writes what the npm registry says about the packages of docs/comparison.md into both languages of that page.
// `node scripts/comparison-facts.mjs`, by hand: it asks the network, and what it writes has the day on it.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'

const PACKAGES = [
  'openid-client',
  'oauth4webapi',
  'simple-oauth2',
  '@badgateway/oauth2-client',
  'axios-auth-refresh',
  'better-auth',
  'next-auth',
  'google-auth-library',
  '@azure/msal-node',
  '@nangohq/node',
  '@pipedream/sdk',
]

const LANGUAGES = {
  'docs/comparison.md': {
    locale: 'en-US',
    head: ['package', 'version', 'released', 'unpacked', 'dependencies', 'Node', 'license'],
    undeclared: 'not declared',
    ownLicense: 'its own',
    asked: (day) => `Asked of the npm registry on ${day}. Dependencies are the direct ones.`,
  },
  'docs/comparison.pt-BR.md': {
    locale: 'pt-BR',
    head: ['pacote', 'versão', 'lançamento', 'descompactado', 'dependências', 'Node', 'licença'],
    undeclared: 'não declarado',
    ownLicense: 'própria',
    asked: (day) => `Consultado no registro do npm em ${day}. As dependências são as diretas.`,
  },
}

/** The newest release of a package. */
function factsOf(name) {
  const view = (...fields) => JSON.parse(execFileSync('npm', ['view', name, ...fields, '--json'], { encoding: 'utf8' }))
  const { version, license, dependencies = {}, engines = {} } = view()
  const released = new Date(view('time')[version])
  // Not every registry says the size, so npm looks into the package.
  const packed = execFileSync('npm', ['pack', `${name}@${version}`, '--dry-run', '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [{ unpackedSize: size }] = JSON.parse(packed)
  return { name, version, license, size, dependencies: Object.keys(dependencies).length, engines, released }
}

function row({ name, version, license, size, dependencies, engines, released }, { locale, undeclared, ownLicense }) {
  const day = released.toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const kilobytes = `${Math.round(size / 1000).toLocaleString(locale)} kB`
  const terms = license === undefined ? undeclared : license.startsWith('SEE LICENSE') ? ownLicense : license
  return [
    `\`${name}\``,
    version,
    day,
    kilobytes,
    dependencies,
    engines.node ? `\`${engines.node}\`` : undeclared,
    terms,
  ]
}

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

const facts = PACKAGES.map(factsOf)
for (const [page, language] of Object.entries(LANGUAGES)) {
  const today = new Date().toLocaleDateString(language.locale, { dateStyle: 'long', timeZone: 'UTC' })
  const rows = facts.map((fact) => row(fact, language))
  const block = `<!-- npm:start -->\n\n${language.asked(today)}\n\n${table(language.head, rows)}\n\n<!-- npm:end -->`
  const text = readFileSync(page, 'utf8')
  const written = text.replace(/<!-- npm:start -->.*<!-- npm:end -->/s, () => block)
  if (!written.includes(block)) throw new Error(`${page} has no place for the facts of npm.`)
  writeFileSync(page, written)
}
execFileSync('npx', ['biome', 'format', '--write', ...Object.keys(LANGUAGES)], { stdio: 'inherit' })
