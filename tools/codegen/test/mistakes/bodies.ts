import type { Mistake } from './mistake.ts'

const application = 'components.securitySchemes.applicationToken.x-token-lifecycle'
const clerk = 'components.securitySchemes.clerkToken.x-token-lifecycle'

/** Forms, nested bodies, and what may be left out. In the spec of bureau. */
export const bodyMistakes: readonly Mistake[] = [
  {
    name: 'a field of a form that the operation does not take',
    edits: [{ from: 'grant_type: client_credentials', to: 'grantType: client_credentials' }],
    keyPath: `${application}.acquire.body.grantType`,
    sentence: '`issueToken` has no body field `grantType`. Did you mean `grant_type`?',
  },
  {
    name: 'a field within a field of a form',
    edits: [
      { from: 'version: { type: integer }', to: 'version: { type: object, properties: { major: { type: integer } } }' },
      { from: 'version: 2', to: '/version/major: 2' },
    ],
    keyPath: `${application}.acquire.body./version/major`,
    sentence: 'A form is flat: it has no field within another.',
  },
  {
    name: 'a null in a form',
    edits: [
      { from: 'version: { type: integer }', to: 'version: { type: [integer, "null"] }' },
      { from: 'version: 2', to: 'version: null' },
    ],
    keyPath: `${application}.acquire.body.version`,
    sentence: 'A form has no `null`. Leave the field out.',
  },
  {
    name: 'a form that says how it is encoded',
    edits: [
      {
        from: 'application/x-www-form-urlencoded:\n',
        to: 'application/x-www-form-urlencoded:\n            encoding: { scope: { explode: false } }\n',
      },
    ],
    keyPath: 'paths./token.post.requestBody.content.application/x-www-form-urlencoded.encoding',
    sentence: 'The generator does not write `encoding`: each field of a form is sent once, as a text.',
  },
  {
    name: 'a body of several parts',
    edits: [{ from: 'application/x-www-form-urlencoded:', to: 'multipart/form-data:' }],
    keyPath: 'paths./token.post.requestBody.content.multipart/form-data',
    sentence: 'The generator does not write a body of `multipart/form-data`: token calls send JSON or a form.',
  },
  {
    name: 'a pointer that leads nowhere',
    edits: [{ from: '/clerk/name: $inputs', to: '/clerk/nam: $inputs' }],
    keyPath: `${clerk}.acquire.body./clerk/nam`,
    sentence: '`admitClerk` has no body field `/clerk/nam`. Did you mean `/clerk/name`?',
  },
  {
    name: 'a required field of an object that nothing is bound to',
    edits: [{ from: '            /desk/floor: 3\n', to: '' }],
    keyPath: `${clerk}.acquire.body`,
    sentence: '`admitClerk` requires the body field `/desk/floor`, and nothing is bound to it.',
  },
  {
    name: 'a constant of another type within an object',
    edits: [{ from: '/desk/floor: 3', to: '/desk/floor: third' }],
    keyPath: `${clerk}.acquire.body./desk/floor`,
    sentence: '`third` must be integer.',
  },
  {
    name: 'a field that is bound whole and by its parts',
    edits: [
      { from: 'desk:\n                  type: object', to: 'desk:\n                  type: [object, integer]' },
      { from: '/desk/floor: 3', to: '/desk/floor: 3\n            desk: 3' },
    ],
    keyPath: `${clerk}.acquire.body./desk/floor`,
    sentence: '`/desk/floor` is a part of `desk`, which is bound as well.',
  },
  {
    name: 'a pair with an input that may be left out',
    edits: [{ from: 'secret: true, env: BUREAU_CLIENT_SECRET', to: 'secret: true, optional: true' }],
    keyPath: `${application}.acquire.security.client.password`,
    sentence: '`issueToken` requires this, and the input may be left out.',
  },
  {
    name: 'an input that may be left out and has a default',
    edits: [
      {
        from: 'secret: false, optional: true }\n        acquire:\n          operationId: admit',
        to: 'secret: false, optional: true, default: none }\n        acquire:\n          operationId: admit',
      },
    ],
    keyPath: `${clerk}.inputs.trace.optional`,
    sentence: 'An input with `default` is never left out.',
  },
  {
    name: 'a required field with an input that may be left out',
    edits: [{ from: 'required: [grant_type]', to: 'required: [grant_type, purpose]' }],
    keyPath: `${application}.acquire.body.purpose`,
    sentence: '`issueToken` requires this, and the input may be left out.',
  },
  {
    name: 'one input where a pair is wanted',
    edits: [
      {
        from: '{ clerkPass: { username: $inputs.clerk, password: $inputs.code } }',
        to: '{ clerkPass: $inputs.code }',
      },
    ],
    keyPath: `${clerk}.acquire.security.clerkPass`,
    sentence: '`clerkPass` is HTTP Basic. Bind `{ username, password }`.',
  },
  {
    name: 'a pair where one input is wanted',
    edits: [{ from: 'gate: $inputs.gateKey', to: 'gate: { username: $inputs.clientId, password: $inputs.gateKey }' }],
    keyPath: `${application}.acquire.security.gate`,
    sentence: '`gate` takes one input, not a pair.',
  },
  {
    name: 'a pair without its password',
    edits: [{ from: ', password: $inputs.code } }', to: ' } }' }],
    keyPath: `${clerk}.acquire.security.clerkPass`,
    sentence: '`password` is missing.',
  },
  {
    name: 'a key in a query',
    edits: [{ from: 'in: header, name: X-Gate-Key', to: 'in: query, name: key' }],
    keyPath: `${application}.acquire.security.gate`,
    sentence:
      'The generator does not write anything but a bearer token, HTTP Basic, a key in a header or a certificate here.',
  },
  {
    name: 'scopes that are bound as one value',
    edits: [
      { from: 'scope: { scopes: $account.scopes, always: [offline], separator: "," }', to: 'scope: $account.scopes' },
    ],
    keyPath: `${application}.acquire.body.scope`,
    sentence: 'Scopes are several. Write `{ scopes: $account.scopes }`.',
  },
  {
    name: 'scopes in a field that is required',
    edits: [{ from: 'required: [grant_type]', to: 'required: [grant_type, scope]' }],
    keyPath: `${application}.acquire.body.scope`,
    sentence: 'The operation requires this, and an account may have no scopes.',
  },
  {
    name: 'scopes in a header',
    edits: [
      { from: 'header.X-Trace: $inputs.trace', to: 'header.X-Trace: { scopes: $account.scopes }' },
      {
        from: "          trace: { description: Found again in the bureau's logs., secret: false, optional: true }\n",
        to: '',
      },
    ],
    keyPath: `${clerk}.acquire.parameters.header.X-Trace`,
    sentence: 'Scopes are asked for in a body or a query.',
  },
  {
    name: 'scopes in a refresh',
    edits: [
      {
        from: 'body: { renewal: $token.refresh }\n          token: $response.body#/token\n          expires: { at: $response.body#/ends, format: epoch-millis }',
        to: 'body: { renewal: $token.refresh, scope: { scopes: $account.scopes } }\n          token: $response.body#/token\n          expires: { at: $response.body#/ends, format: epoch-millis }',
      },
      {
        from: 'required: [renewal]\n              properties: { renewal: { type: string } }\n      responses:\n        "200":\n          description: The token.',
        to: 'required: [renewal]\n              properties: { renewal: { type: string }, scope: { type: string } }\n      responses:\n        "200":\n          description: The token.',
      },
    ],
    keyPath: 'components.securitySchemes.guestToken.x-token-lifecycle.refresh.body.scope',
    sentence: 'A refresh asks for no scopes (RFC 6749 §6): the token keeps those that it has.',
  },
  {
    name: 'a kept value that is not in the answer',
    edits: [{ from: 'meta: { number: $response.body#/number,', to: 'meta: { number: $response.body#/numbr,' }],
    keyPath: 'components.securitySchemes.memberToken.x-token-lifecycle.acquire.meta.number',
    sentence: 'The answer of `admitMember` has no `numbr` in its schema. Did you mean `number`?',
  },
  {
    name: 'a kept value that is an input',
    edits: [{ from: 'meta: { number: $response.body#/number,', to: 'meta: { number: $inputs.clientId,' }],
    keyPath: 'components.securitySchemes.memberToken.x-token-lifecycle.acquire.meta.number',
    sentence: '`$inputs.clientId` is not a place in an answer.',
  },
  {
    name: 'a kept value that is an object',
    edits: [
      {
        from: 'colour: $response.body#/card/colour }\n          repeat',
        to: 'colour: $response.body#/card }\n          repeat',
      },
    ],
    keyPath: 'components.securitySchemes.memberToken.x-token-lifecycle.acquire.meta.colour',
    sentence: 'This is read as string, number, integer, boolean, and the schema says that the field is of type object.',
  },
  {
    name: 'granted scopes that are a number',
    edits: [{ from: 'scope: { type: [string, array], items: { type: string } }', to: 'scope: { type: integer }' }],
    keyPath: `${application}.acquire.granted`,
    sentence: 'This is read as string, array, and the schema says that the field is of type integer.',
  },
  {
    name: 'a credential that is a parameter',
    edits: [
      { from: '{ name: X-Trace, in: header', to: '{ name: Authorization, in: header' },
      { from: 'header.X-Trace: $inputs', to: 'header.Authorization: $inputs' },
    ],
    keyPath: `${clerk}.acquire.parameters.header.Authorization`,
    sentence: 'OpenAPI ignores a parameter of this name. State it as a security scheme',
  },
]
