import type { Mistake } from './mistake.ts'

const service = 'components.securitySchemes.serviceToken.x-token-lifecycle'
const agent = 'components.securitySchemes.agentToken.x-token-lifecycle'
const assertion = `${service}.acquire.body.assertion.assertion`
const ofAgent = `${agent}.acquire.body.client_assertion.assertion`

/** Assertions that a client signs. In the spec of signet. */
export const assertionMistakes: readonly Mistake[] = [
  {
    name: 'an algorithm that both sides share a key for',
    edits: [{ from: 'alg: RS256', to: 'alg: HS256' }],
    keyPath: `${assertion}.alg`,
    sentence: '`HS256` is not one of: RS256, PS256, ES256, ES384, EdDSA. Did you mean `RS256`',
  },
  {
    name: 'an assertion without a life',
    edits: [{ from: '                lifetime: PT15M\n', to: '' }],
    keyPath: assertion,
    sentence: '`lifetime` is missing.',
  },
  {
    name: 'a life that is not one',
    edits: [{ from: 'lifetime: PT15M', to: 'lifetime: 15m' }],
    keyPath: `${assertion}.lifetime`,
    sentence: '`15m` is not a duration.',
  },
  {
    name: 'a life of nothing',
    edits: [{ from: 'lifetime: PT15M', to: 'lifetime: PT0S' }],
    keyPath: `${assertion}.lifetime`,
    sentence: 'An assertion has to live for a second at least: PT5M.',
  },
  ...['iat', 'exp', 'jti'].map((claim) => ({
    name: `a claim \`${claim}\``,
    edits: [{ from: 'version: 1', to: `${claim}: 1` }],
    keyPath: `${assertion}.claims.${claim}`,
    sentence: `\`${claim}\` comes by itself, when the assertion is signed.`,
  })),
  {
    name: 'a misspelt word of an assertion',
    edits: [{ from: 'lifetime: PT15M', to: 'lifetime: PT15M\n                typ: JWT' }],
    keyPath: `${assertion}.typ`,
    sentence: '`typ` is not a word of the vocabulary here.',
  },
  {
    name: 'a word beside an assertion',
    edits: [
      {
        from: '            assertion:\n              assertion:',
        to: '            assertion:\n              separator: ","\n              assertion:',
      },
    ],
    keyPath: `${service}.acquire.body.assertion.separator`,
    sentence: '`separator` is not a word of the vocabulary here.',
  },
  {
    name: 'a key in the spec',
    edits: [
      { from: 'alg: RS256\n                key: $inputs.privateKey', to: 'alg: RS256\n                key: MIIEvQ' },
    ],
    keyPath: `${assertion}.key`,
    sentence: '`MIIEvQ` ',
  },
  {
    name: 'a key that is not a secret',
    edits: [
      {
        from: 'secret: true, env: SIGNET_PRIVATE_KEY }\n          employee',
        to: 'secret: false }\n          employee',
      },
      { from: 'secret: true, env: SIGNET_PRIVATE_KEY }\n        acquire', to: 'secret: false }\n        acquire' },
    ],
    keyPath: `${assertion}.key`,
    sentence: 'A private key is a secret. Give the input `secret: true`.',
    besides: [`${ofAgent}.key: A private key is a secret.`],
  },
  {
    name: 'a key that may be left out',
    edits: [
      { from: 'env: SIGNET_PRIVATE_KEY }\n          employee', to: 'optional: true }\n          employee' },
      { from: 'env: SIGNET_PRIVATE_KEY }\n        acquire', to: 'optional: true }\n        acquire' },
    ],
    keyPath: `${assertion}.key`,
    sentence: 'Nothing can be signed without a key. Take `optional` away from the input.',
    besides: [`${ofAgent}.key: Nothing can be signed without a key.`],
  },
  {
    name: 'a key that is misspelt',
    edits: [
      {
        from: 'alg: EdDSA\n                key: $inputs.privateKey',
        to: 'alg: EdDSA\n                key: $inputs.privatKey',
      },
    ],
    keyPath: `${ofAgent}.key`,
    sentence: 'There is no input `privatKey` in this lifecycle. Did you mean `privateKey`?',
  },
  {
    name: 'a secret as a claim',
    edits: [{ from: 'act: $inputs.employee', to: 'act: $inputs.employee\n                  pin: $inputs.privateKey' }],
    keyPath: `${assertion}.claims.pin`,
    sentence: 'Anyone who sees an assertion can read it, so no claim is secret.',
  },
  {
    name: 'scopes as a text',
    edits: [{ from: '{ scopes: $account.scopes, always: [read] }', to: '$account.scopes' }],
    keyPath: `${assertion}.claims.scope`,
    sentence: "`$account.scopes` is not a claim. Take an input, a constant, or the account's scopes.",
  },
  {
    name: 'a claim of the answer',
    edits: [{ from: 'version: 1', to: 'version: $response.body#/expires_in' }],
    keyPath: `${assertion}.claims.version`,
    sentence: '`$response.body#/expires_in` is not there before the call.',
  },
  {
    name: 'a claim that leaves a server out',
    edits: [{ from: ', sandbox: https://sandbox.signet.example }', to: ' }' }],
    keyPath: `${assertion}.claims.aud`,
    sentence: 'It says nothing for the server `sandbox`.',
  },
  {
    name: 'a claim for a server that is misspelt',
    edits: [{ from: 'sandbox: https://sandbox.signet.example }', to: 'sandbx: https://sandbox.signet.example }' }],
    keyPath: `${assertion}.claims.aud.sandbx`,
    sentence: 'There is no server `sandbx`. Did you mean `sandbox`?',
    besides: [`${assertion}.claims.aud: It says nothing for the server \`sandbox\`.`],
  },
  {
    name: 'an input as what a claim is at one server',
    edits: [{ from: 'sandbox: https://sandbox.signet.example }', to: 'sandbox: $inputs.clientId }' }],
    keyPath: `${assertion}.claims.aud.sandbox`,
    sentence: '`$inputs.clientId` is not a constant text.',
  },
  {
    name: 'an assertion in a field for a number',
    edits: [
      {
        from: 'assertion: { type: string }\n                scope',
        to: 'assertion: { type: integer }\n                scope',
      },
    ],
    keyPath: `${service}.acquire.body.assertion`,
    sentence: 'An assertion is a text, and this field takes none.',
  },
  {
    name: 'an assertion in the address',
    edits: [
      {
        from: '      requestBody:\n',
        to: '      parameters: [{ name: hint, in: query, schema: { type: string } }]\n      requestBody:\n',
      },
      {
        from: '          body:\n            grant_type: client_credentials',
        to: '          parameters:\n            query.hint: { assertion: { alg: EdDSA, key: $inputs.privateKey, lifetime: PT1M, claims: { iss: x } } }\n          body:\n            grant_type: client_credentials',
      },
    ],
    keyPath: `${agent}.acquire.parameters.query.hint`,
    sentence: '`{"assertion":',
  },
]
