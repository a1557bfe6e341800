import type { Mistake } from './mistake.ts'

const session = 'components.securitySchemes.sessionToken.x-token-lifecycle'
const device = 'components.securitySchemes.deviceToken.x-token-lifecycle'
const voyage = 'components.securitySchemes.voyageToken.x-token-lifecycle'

/** Headers, refresh tokens, and what is not written. In the spec of harbour. */
export const answerMistakes: readonly Mistake[] = [
  {
    name: 'a lifecycle that would have to run on a customer’s device',
    edits: [{ from: 'supplied: true', to: 'supplied: device' }],
    keyPath: 'components.securitySchemes.deviceToken.x-token-lifecycle.acquire.operationId',
    sentence: 'This operation takes a token of a customer’s own device, and lifecycles run on servers.',
  },
  {
    name: 'a header that is not documented',
    edits: [{ from: 'token: $response.header.X-Session', to: 'token: $response.header.X-Sesion' }],
    keyPath: `${session}.acquire.token`,
    sentence: 'The answer of `openSession` documents no header `X-Sesion`. Did you mean `X-Session`?',
  },
  {
    name: 'a refresh token that no answer brings',
    edits: [{ from: '{ token: $token.value }', to: '{ token: $token.refresh }' }],
    keyPath: `${session}.revoke.body.token`,
    sentence: '`acquire` gets no refresh token that could be sent. Say where under `refreshToken`.',
  },
  {
    name: 'a refresh token that is sent and never kept',
    edits: [
      {
        from: `          refreshToken:
            token: $response.header.X-Refresh
            expires: { at: $response.body#/refresh_ends, format: rfc3339, otherwise: P1D }
            rotation: always
          repeat: free`,
        to: '          repeat: free',
      },
    ],
    keyPath: `${voyage}.refresh.body.refresh`,
    sentence: '`acquire` gets no refresh token that could be sent. Say where under `refreshToken`.',
  },
  {
    name: 'a call with two tokens',
    edits: [
      {
        from: '        - deviceToken: []\n      parameters',
        to: '        - deviceToken: []\n          permanentKey: []\n      parameters',
      },
      {
        from: '          parameters: { query.note: $inputs.note }',
        to: '          parameters: { query.note: $inputs.note }\n          security: { permanentKey: $inputs.note }',
      },
    ],
    keyPath: `${session}.acquire`,
    sentence:
      "The generator does not write a call with two tokens. Write that part in TypeScript, in the provider's own file.",
  },
  {
    name: 'a token that is not sent in a header',
    edits: [
      {
        from: '    sessionToken:\n      type: http\n      scheme: bearer',
        to: '    sessionToken:\n      type: apiKey\n      in: query\n      name: session',
      },
    ],
    keyPath: session,
    sentence: 'The generator does not write a token in anything but a header here.',
  },
  {
    name: 'a hint of a kind that does not exist',
    edits: [{ from: 'as: seconds', to: 'as: minutes' }],
    keyPath: 'x-retry.after.0.as',
    sentence: '`minutes` is not one of: seconds, http-date.',
  },
  {
    name: 'a replay class that does not exist',
    edits: [{ from: 'replay: never', to: 'replay: nevr' }],
    keyPath: 'paths./voyage.put.x-retry.replay',
    sentence: '`nevr` is not one of: always, unprocessed, never. Did you mean `never`?',
  },
  {
    name: 'a parent without a lifecycle',
    edits: [
      {
        file: 'specs/harbour/openapi.yaml',
        from: 'x-token-lifecycle:\n        inputs:\n          device',
        to: 'x-life:\n        inputs:\n          device',
      },
    ],
    keyPath: `${session}.acquire.security`,
    sentence: '`openSession` requires the security scheme `deviceToken`, and nothing is bound to it.',
  },
  {
    name: 'a secret that would be sent as a bearer, and is half of a pair',
    edits: [
      {
        from: '    permanentKey:\n      type: http\n      scheme: bearer\n      x-token-lifecycle:\n        supplied: true',
        to: '    permanentKey: { type: http, scheme: basic }',
      },
    ],
    keyPath: `${device}.acquire.security.permanentKey`,
    sentence: '`permanentKey` is HTTP Basic. Bind `{ username, password }`.',
  },
  {
    name: 'a scheme that nothing satisfies',
    edits: [
      { from: '    photoKey:\n', to: '    spareKey: { type: apiKey, in: header, name: X-Key }\n    photoKey:\n' },
    ],
    keyPath: 'components.securitySchemes.spareKey',
    sentence:
      'Nothing issues what `spareKey` asks for. Give it an `x-token-lifecycle`; `supplied: true` where the caller brings it.',
  },
  {
    name: 'a supplied token that is issued as well',
    edits: [{ from: '        supplied: true', to: '        supplied: true\n        persist: false' }],
    keyPath: 'components.securitySchemes.permanentKey.x-token-lifecycle',
    sentence: 'Say either `supplied` alone, or `inputs` with `acquire`, `refresh` or `consent`.',
  },
]
