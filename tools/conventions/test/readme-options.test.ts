import { dirname, join } from 'node:path/posix'
import { describe, expect, it } from 'vitest'
import { providerIds, publishedPackages, read } from './repository.ts'

// What a user of a provider package can set, and what it is told; each with the file that declares it.
const INTERFACES = [
  ['PolicyOptions', 'engine/options.ts'],
  ['WindowOptions', 'token/windows.ts'],
  ['InsecureHttpOption', 'origins.ts'],
  ['ClientOptions', 'kit/provider-client.ts'],
  ['RetryOptions', 'retry/retry-options.ts'],
  ['FetchOptions', 'fetch/source-fetch.ts'],
  ['GetTokenOptions', 'engine/token-source-interface.ts'],
  ['KeepAliveOptions', 'engine/keep-alive.ts'],
  ['BeginConsent', 'provider/consent.ts'],
  ['FinishConsent', 'provider/consent.ts'],
  ['EndOptions', 'engine/sign-in.ts'],
  ['TokenStatus', 'engine/status.ts'],
  ['TokenEvent', 'events.ts'],
] as const

// Read, not set.
const FACTS = ['TokenStatus', 'TokenEvent']

const UNIONS = [
  ['ErrorCode', 'errors.ts'],
  ['TokenEventType', 'events.ts'],
] as const

// What belongs to `create<Provider>()` alone: it has its row in the READMEs of the providers.
const PROVIDER_ONLY = ['account']

// What all providers share has its row once in each language.
describe.each(['packages/core/README.md', 'packages/core/README.pt-BR.md'])('%s', (readme) => {
  const text = read(readme)

  it.each(INTERFACES)('has every property of %s, with its default', (name, file) => {
    for (const { property, fallback } of properties(name, file)) {
      if (PROVIDER_ONLY.includes(property)) continue
      const rows = rowsOf(text, property)
      expect(rows, `a row for ${property}`).not.toEqual([])
      // A default that is a value, not a sentence, is in the row as it is in the code.
      expect(rows.join('\n'), `the default of ${property}`).toContain(fallback ?? '')
    }
  })

  it.each(UNIONS)('has every member of %s', (name, file) => {
    const members = [...declaration('type', name, file).matchAll(/\| '([^']+)'/g)].map((found) => found[1])
    expect(members.length).toBeGreaterThan(5)
    expect(members.filter((member) => !text.includes(`\`${member}\``))).toEqual([])
  })

  it('has a row for every entry of the package', () => {
    const { exports = {} } = publishedPackages().find(({ folder }) => folder === 'core')?.manifest ?? {}
    const entries = Object.keys(exports).filter((entry) => entry !== './package.json')
    expect(entries.length).toBeGreaterThan(5)
    const names = entries.map((entry) => `@chaveiro/core${entry.slice(1)}`)
    expect(names.filter((name) => rowsOf(text, name).length === 0)).toEqual([])
  })

  it('shows no option that does not exist', () => {
    const shown = [...text.matchAll(/^\| `\[?(\w+(?:Ms|AtOnce|Tokens|Attempts|Accounts))\]?` /gm)].map(
      (found) => found[1],
    )
    const known = INTERFACES.flatMap(([name, file]) => properties(name, file).map(({ property }) => property))
    expect(shown.filter((option) => option !== undefined && !known.includes(option))).toEqual([])
  })
})

describe.each(providerReadmes())('%s', (readme) => {
  const text = read(readme)

  it('has the options of `create<Provider>()` alone, repeats none of the others, and says where they are', () => {
    for (const own of PROVIDER_ONLY) expect(rowsOf(text, own), `a row for ${own}`).not.toEqual([])
    const repeated = sharedOptions().filter(
      (option) => !PROVIDER_ONLY.includes(option) && rowsOf(text, option).length > 0,
    )
    expect(repeated).toEqual([])
    const core = `../core/README${readme.endsWith('.pt-BR.md') ? '.pt-BR' : ''}.md#`
    const sections = [...read(join(dirname(readme), core.slice(0, -1))).matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
      slug(title),
    )
    const links = [...text.matchAll(/\]\((\.\.\/core\/README[^)#]*\.md#)([^)]+)\)/g)]
    expect(new Set(links.map(([, file]) => file))).toEqual(new Set([core]))
    expect(links.map(([, , anchor]) => anchor).filter((anchor) => !sections.includes(anchor ?? ''))).toEqual([])
    expect(links.length).toBeGreaterThanOrEqual(5)
  })
})

// Its options are facts of the server, so they are in no spec and in no other README.
const OAUTH = [
  ['TokenOptions', '../../oauth/src/options.ts'],
  ['IssuerOptions', '../../oauth/src/server/discovered-endpoints.ts'],
  ['GivenEndpoints', '../../oauth/src/server/given-endpoints.ts'],
  ['OAuthInputs', '../../oauth/src/client/client-authentication.ts'],
  ['AuthorizationCodeOptions', '../../oauth/src/consent/authorization-code.ts'],
  ['PrivateKeyJwtOptions', '../../oauth/src/assertion/private-key-jwt.ts'],
] as const

describe.each(['packages/oauth/README.md', 'packages/oauth/README.pt-BR.md'])('%s', (readme) => {
  it.each(OAUTH)('has every property of %s, with its default', (name, file) => {
    for (const { property, fallback } of properties(name, file)) {
      const rows = rowsOf(read(readme), property)
      expect(rows, `a row for ${property}`).not.toEqual([])
      expect(rows.join('\n'), `the default of ${property}`).toContain(fallback ?? '')
    }
  })

  it.each(['grant', 'client', 'account'])('has %s', (option) => {
    expect(rowsOf(read(readme), option)).toHaveLength(1)
  })
})

function sharedOptions(): string[] {
  return INTERFACES.filter(([name]) => !FACTS.includes(name)).flatMap(([name, file]) =>
    properties(name, file).map(({ property }) => property),
  )
}

/** The anchor that GitHub and npm give to a heading. */
function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

function providerReadmes(): string[] {
  return providerIds().flatMap((id) => [`packages/${id}/README.md`, `packages/${id}/README.pt-BR.md`])
}

/** The rows of the tables that are about a name. */
function rowsOf(text: string, name: string): string[] {
  return text.split('\n').filter((line) => new RegExp(`^\\| \`\\[?${name}\\]?\` `).test(line))
}

interface Property {
  readonly property: string
  /** As the docstring writes it, where it is a number or a quoted word. */
  readonly fallback: string | undefined
}

function properties(name: string, file: string): Property[] {
  const members = declaration('interface', name, file).matchAll(
    /(?:\/\*\*(?<doc>(?:(?!\*\/).)*)\*\/\s+)?^ {2}(?:readonly )?\[?(?<property>\w+)\]?\??: /gms,
  )
  const found = [...members].map(({ groups }) => ({
    property: groups?.['property'] ?? '',
    fallback: /@default ([\d_.]+|'[^']*'|true|false)(?=\s|,|$)/.exec(groups?.['doc'] ?? '')?.[1],
  }))
  expect(found, `properties of ${name}`).not.toEqual([])
  return found
}

/** The text of a declaration: up to the first line that ends it. */
function declaration(kind: 'interface' | 'type', name: string, file: string): string {
  const source = read(`packages/core/src/${file}`)
  const end = kind === 'interface' ? '\\n\\}' : '\\n\\n'
  return new RegExp(`export ${kind} ${name}\\b.*?${end}`, 's').exec(source)?.[0] ?? ''
}
