import type { Mistake } from './mistake.ts'

const application = 'components.securitySchemes.applicationToken.x-token-lifecycle'
const clerk = 'components.securitySchemes.clerkToken.x-token-lifecycle'

/** Forms, nested bodies, and what may be left out. In the spec of bureau. */
export const bodyMistakes: readonly Mistake[] = [
  {
    name: 'a field of a form that the operation does not take',
    edits: [{ from: 'client_secret: $inputs.clientSecret', to: 'clientSecret: $inputs.clientSecret' }],
    keyPath: `${application}.acquire.body.clientSecret`,
    sentence: '`issueToken` has no body field `clientSecret`. Did you mean `client_secret`?',
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
    edits: [{ from: '/clerk/code: $inputs', to: '/clerk/cod: $inputs' }],
    keyPath: `${clerk}.acquire.body./clerk/cod`,
    sentence: '`admitClerk` has no body field `/clerk/cod`. Did you mean `/clerk/code`?',
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
    name: 'a required field of an input that may be left out',
    edits: [{ from: 'secret: true, env: BUREAU_CLIENT_SECRET', to: 'secret: true, optional: true' }],
    keyPath: `${application}.acquire.body.client_secret`,
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
]
