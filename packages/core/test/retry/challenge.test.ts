import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseChallenges } from '../../src/fetch/challenge.ts'

/** A challenge as [scheme, parameters, token68]. */
type Expected = [scheme: string, parameters: Record<string, string>, token68?: string]

// The shapes of the tests of oauth4webapi and of w3ap (MIT), which descend from Julian Reschke's collection for HTTP
// authentication, and of Azure's continuous access evaluation.
const rows: [string, string, Expected[]][] = [
  ['one parameter', 'Bearer realm="api"', [['bearer', { realm: 'api' }]]],
  ['odd case', 'bEaReR ErRoR="invalid_token"', [['bearer', { error: 'invalid_token' }]]],
  ['a token for a value', 'Bearer error=invalid_token', [['bearer', { error: 'invalid_token' }]]],
  ['no parameters', 'Bearer', [['bearer', {}]]],
  ['no parameters, and a space', 'Bearer ', [['bearer', {}]]],
  [
    'two schemes without parameters',
    'Negotiate, Basic',
    [
      ['negotiate', {}],
      ['basic', {}],
    ],
  ],
  [
    'one without, one with parameters',
    'Negotiate, Bearer error="invalid_token"',
    [
      ['negotiate', {}],
      ['bearer', { error: 'invalid_token' }],
    ],
  ],
  [
    'several challenges in one header',
    'Bearer realm="a", error="invalid_token", Basic realm="b", DPoP algs="ES256 PS256"',
    [
      ['bearer', { realm: 'a', error: 'invalid_token' }],
      ['basic', { realm: 'b' }],
      ['dpop', { algs: 'ES256 PS256' }],
    ],
  ],
  [
    'commas and challenges inside quotes',
    'Bearer error_description="expired, Basic realm=\\"x\\"", error="invalid_token"',
    [['bearer', { error_description: 'expired, Basic realm="x"', error: 'invalid_token' }]],
  ],
  ['escapes', 'Basic realm="a\\\\b\\"c\\d"', [['basic', { realm: 'a\\b"cd' }]]],
  ['a parameter given twice: the last', 'Bearer realm="a", REALM="b"', [['bearer', { realm: 'b' }]]],
  [
    'a scheme given twice: both',
    'Bearer realm="a", Bearer realm="b", error="x"',
    [
      ['bearer', { realm: 'a' }],
      ['bearer', { realm: 'b', error: 'x' }],
    ],
  ],
  ['token68', 'Negotiate YII=', [['negotiate', {}, 'YII=']]],
  ['token68 with every character', 'Custom aZ0-._~+/==', [['custom', {}, 'aZ0-._~+/==']]],
  [
    'token68, then another challenge',
    'NTLM TlRMTVNTUAAC, Bearer realm="x"',
    [
      ['ntlm', {}, 'TlRMTVNTUAAC'],
      ['bearer', { realm: 'x' }],
    ],
  ],
  ['empty list members', ',, Bearer ,realm="a",, error=b,', [['bearer', { realm: 'a', error: 'b' }]]],
  ['spaces around the equals sign', 'Bearer realm = "a"', [['bearer', { realm: 'a' }]]],
  ['a missing comma', 'Bearer realm="a" error="b"', [['bearer', { realm: 'a', error: 'b' }]]],
  ['a value with an equals sign', 'Bearer x="realm=y", realm="z"', [['bearer', { x: 'realm=y', realm: 'z' }]]],
  ['a name of an object’s prototype', 'Bearer __proto__="a"', [['bearer', Object.fromEntries([['__proto__', 'a']])]]],
  [
    'Azure, continuous access evaluation',
    'Bearer authorization_uri="https://login.windows.net/, http://x", error="insufficient_claims", claims="eyJhY2Nlc3M="',
    [
      [
        'bearer',
        {
          authorization_uri: 'https://login.windows.net/, http://x',
          error: 'insufficient_claims',
          claims: 'eyJhY2Nlc3M=',
        },
      ],
    ],
  ],
  ['nothing', '', []],
  ['a comma', ',', []],
  ['malformed: parameters after a comma', 'Bearer, realm="a"', []],
  ['malformed: a quote without its end', 'Bearer realm="a', []],
  ['malformed: a value that is not a token', 'Bearer realm=\\a', []],
  ['malformed: parameters after a token68', 'NTLM abc, realm="a"', []],
  ['malformed: no scheme', '="a"', []],
]

describe('[RJ05] WWW-Authenticate', () => {
  test.each(rows)('%s', (_name, header, expected) => {
    const got = parseChallenges(header).map(({ scheme, parameters, token68 }): Expected => {
      const plain = Object.fromEntries(parameters)
      return token68 === undefined ? [scheme, plain] : [scheme, plain, token68]
    })
    expect(got).toEqual(expected)
  })

  test('repeated headers arrive joined', () => {
    const headers = new Headers([
      ['www-authenticate', 'Basic realm="a"'],
      ['www-authenticate', 'Bearer error="invalid_token"'],
    ])
    expect(parseChallenges(headers.get('www-authenticate') ?? '').map(({ scheme }) => scheme)).toEqual([
      'basic',
      'bearer',
    ])
  })

  const token = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/)
  const parameters = fc.uniqueArray(fc.tuple(token, fc.string()), {
    selector: ([name]) => name,
    minLength: 1,
    maxLength: 4,
  })
  const separator = fc.constantFrom(', ', ',', ' , ', ',,')

  test('whatever was written by the rules is read back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(token, parameters), { minLength: 1, maxLength: 4 }),
        separator,
        (challenges, comma) => {
          const quoted = (value: string): string => `"${value.replaceAll(/["\\]/g, '\\$&')}"`
          const header = challenges
            .map(([scheme, own]) => `${scheme} ${own.map(([name, value]) => `${name}=${quoted(value)}`).join(comma)}`)
            .join(', ')
          const got = parseChallenges(header).map((challenge) => [challenge.scheme, [...challenge.parameters]])
          expect(got).toEqual(challenges)
        },
      ),
    )
  })

  test('no header makes it throw or read for long', () => {
    fc.assert(fc.property(fc.string(), (header) => Array.isArray(parseChallenges(header))))
    expect(parseChallenges('a'.repeat(100_000))).toHaveLength(1)
    expect(parseChallenges(`Bearer ${'a ='.repeat(30_000)}`)).toEqual([])
    expect(parseChallenges(`Bearer a="${'\\a'.repeat(50_000)}`)).toEqual([])
  })
})
