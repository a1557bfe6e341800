import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseChallenges } from '../../src/fetch/challenge.ts'
import { azureClaims, oauth4webapiChallenges, type PlainChallenge, plainChallenge } from '../support/peer-challenges.ts'

const ours = (header: string): PlainChallenge[] =>
  parseChallenges(header).map(({ scheme, parameters, token68 }) => plainChallenge(scheme, parameters, token68))

/** What Azure's policy looks for, from what our parser reads (its documentation of continuous access evaluation); an empty value counts as missing. */
function ourClaims(header: string): string | undefined {
  const isInsufficient = ({ scheme, parameters }: ReturnType<typeof parseChallenges>[number]): boolean =>
    scheme === 'bearer' && parameters.get('error') === 'insufficient_claims' && (parameters.get('claims') ?? '') !== ''
  const claims = parseChallenges(header).find(isInsufficient)?.parameters.get('claims')
  return claims === undefined ? undefined : atob(claims)
}

/** Headers by the grammar of RFC 9110 §11.6.1: what varies is all that it leaves open. */
const byTheRules = (() => {
  const anyCase = (word: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.oneof(
      word,
      word.map((text) => text.toUpperCase()),
    )
  const token = anyCase(fc.stringMatching(/^[a-z!#$%&'*+.^_`|~-][a-z0-9!#$%&'*+.^_`|~-]{0,6}$/))
  // The characters of RFC 9110 §5.5 that a field may have: obs-text included, control characters not.
  const character = fc.oneof(fc.constantFrom(',', ' ', '=', '"', '\\', '\t'), fc.stringMatching(/^[ -~\u00a0-\u00ff]$/))
  const quoted = fc
    .array(fc.tuple(character, fc.boolean()), { maxLength: 12 })
    .map((all) => `"${all.map(([c, escaped]) => (escaped || c === '"' || c === '\\' ? `\\${c}` : c)).join('')}"`)
  const equals = fc.constantFrom('=', ' =', '= ', '\t=\t')
  const parameter = fc.tuple(token, equals, fc.oneof(quoted, token)).map((parts) => parts.join(''))
  const comma = fc.constantFrom(',', ', ', ' , ', ',,', ', ,\t')
  const parameters = fc
    .tuple(comma, fc.array(parameter, { minLength: 1, maxLength: 4 }))
    .map(([separator, all]) => all.join(separator))
  const token68 = fc.stringMatching(/^[A-Za-z0-9._~+/-]{1,8}={0,2}$/)
  // Of schemes only those that oauth4webapi knows where they follow a parameter: see the last of the disagreements.
  const scheme = anyCase(fc.stringMatching(/^[a-z][a-z0-9.+_~-]{0,6}$/))
  const challenge = fc
    .tuple(scheme, fc.oneof(parameters, token68, fc.constant('')))
    .map(([s, rest]) => `${s} ${rest}`.trim())
  return fc
    .tuple(fc.constantFrom(', ', ',', ',,\t'), fc.array(challenge, { minLength: 1, maxLength: 4 }))
    .map(([separator, all]) => all.join(separator))
})()

/** Anything made of what such headers are made of. */
const anything = fc
  .array(
    fc.constantFrom(
      'Bearer',
      'basic',
      'realm',
      'error',
      'a',
      '~',
      'é',
      '=',
      '"',
      ',',
      ' ',
      '\t',
      '\\',
      'YII=',
      '(',
      '/',
    ),
    {
      maxLength: 14,
    },
  )
  .map((pieces) => pieces.join('').trim())

/** Where oauth4webapi reads a header differently, and what the RFC says: for us in each case. */
const disagreements: readonly [why: string, header: string, theirs: readonly PlainChallenge[]][] = [
  ['an empty list member at the end is to be ignored, §5.6.1.2', 'Negotiate,', []],
  ['white space may stand before a comma, §5.6.1', 'Negotiate , Basic', []],
  ['token68 may end in any number of `=`, §11.2', 'Negotiate a===', []],
  ['every token is a name of a parameter, §11.2', 'Bearer __proto__="a"', [['bearer', [], '']]],
  ['every token is a name of a scheme, §11.1', 'Bearer realm="a", x!', []],
]
/** The header has one of the first three, and oauth4webapi refuses it whole. */
const isKnown = (header: string, theirs: readonly PlainChallenge[]): boolean =>
  theirs.length === 0 && /[ \t],|,$|={3}/.test(header)

describe('[RJ05] WWW-Authenticate, as oauth4webapi reads it', () => {
  test('whatever is written by the rules, is read alike', async () => {
    let compared = 0
    await fc.assert(
      fc.asyncProperty(byTheRules, async (header) => {
        const theirs = await oauth4webapiChallenges(header)
        if (isKnown(header, theirs)) return
        compared += 1
        expect(theirs).not.toEqual([])
        expect(ours(header)).toEqual(theirs)
      }),
      { numRuns: 2_000 },
    )
    // The exceptions did not swallow the rule.
    expect(compared).toBeGreaterThan(1_200)
  })

  test('any other header is read, or refused, by both alike', async () => {
    let compared = 0
    await fc.assert(
      fc.asyncProperty(anything, async (header) => {
        const theirs = await oauth4webapiChallenges(header)
        if (isKnown(header, theirs)) return
        compared += 1
        expect(ours(header)).toEqual(theirs)
      }),
      { numRuns: 3_000 },
    )
    expect(compared).toBeGreaterThan(500)
  })

  test.each(disagreements)('they disagree, and RFC 9110 is for us: %s', async (_, header, theirs) => {
    expect(await oauth4webapiChallenges(header)).toEqual(theirs)
    expect(ours(header)).not.toEqual(theirs)
    expect(ours(header)).not.toEqual([])
  })
})

describe('[RJ05] claims challenges, as Azure reads them', () => {
  // Azure's patterns know quoted values without escapes, names of letters, digits and `_`, and exact case.
  const name = fc.oneof(
    fc.constantFrom('realm', 'error', 'claims', 'authorization_uri'),
    fc.stringMatching(/^[a-z]\w{0,6}$/),
  )
  const value = fc.oneof(
    fc.constantFrom(
      'insufficient_claims',
      'insufficient_claims',
      'invalid_token',
      'e30=',
      btoa('{"a":1}'),
      btoa('{"b":"2"}'),
    ),
    fc.stringMatching(/^[ !#-[\]-~]{0,12}$/),
  )
  const parameters = fc
    .array(fc.tuple(name, value), { minLength: 1, maxLength: 4 })
    .map((pairs) => pairs.map(([key, text]) => `${key}="${key === 'claims' ? btoa(text) : text}"`).join(', '))
  const scheme = fc.constantFrom('Bearer', 'Bearer', 'Basic', 'PoP')
  const challenge = fc.oneof(
    fc.tuple(scheme, parameters).map((parts) => parts.join(' ')),
    fc.constant('Bearer error="insufficient_claims", claims="eyJhIjoxfQ=="'),
    fc.constant('Negotiate'),
  )
  const headers = fc.array(challenge, { minLength: 1, maxLength: 4 }).map((all) => all.join(', '))

  test('the same claims are asked for, wherever in the header they stand', async () => {
    let asked = 0
    await fc.assert(
      fc.asyncProperty(headers, async (header) => {
        const claims = await azureClaims(header)
        if (claims !== undefined) asked += 1
        expect(ourClaims(header)).toBe(claims)
      }),
      { numRuns: 1_000 },
    )
    expect(asked).toBeGreaterThan(200)
  })

  const insufficient = 'error="insufficient_claims", claims="e30="'
  test.each([
    ['schemes are compared without regard to case, §11.1', `bearer ${insufficient}`],
    ['so are names of parameters, §11.2', 'Bearer Error="insufficient_claims", CLAIMS="e30="'],
    ['white space may surround the equals sign, §11.2', 'Bearer error = "insufficient_claims", claims = "e30="'],
    ['a value may be a token, §11.2', 'Bearer error=insufficient_claims, claims="e30="'],
    ['a quote may be escaped, §5.6.4', `Bearer realm="a \\"b\\"", ${insufficient}`],
    ['names may have hyphens, §5.6.2', `Bearer x-id="1", ${insufficient}`],
  ])('they disagree, and RFC 9110 is for us: %s', async (_, header) => {
    expect(await azureClaims(header)).toBeUndefined()
    expect(ourClaims(header)).toBe('{}')
  })
})
