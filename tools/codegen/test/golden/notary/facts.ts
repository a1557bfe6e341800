// Generated from specs/notary/openapi.yaml (sha256 8db934db556c9548).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Notary state, as data. */
export const facts = {
  id: 'notary',
  title: 'Notary',
  servers: { production: 'https://api.notary.example', homologation: 'https://api-hom.notary.example' },
  inputs: {
    clientId: { description: 'The application that logs in.', default: 'app' },
    username: { description: 'The e-mail address of the account.', identity: true, env: 'NOTARY_USERNAME' },
    password: { description: 'The password of the account.', secret: true, env: 'NOTARY_PASSWORD' },
    lifetimeMs: { description: 'How long an application token shall live.', kind: 'duration', default: 2592000000 },
  },
  operations: {
    login: { method: 'POST', path: '/oauth', security: [], replay: 'unprocessed' },
    createApplicationToken: {
      method: 'POST',
      path: '/v1/access-token',
      security: ['sessionToken'],
      replay: 'unprocessed',
    },
    listApplicationTokens: {
      method: 'GET',
      path: '/v1/access-token',
      security: ['applicationToken', 'sessionToken'],
      replay: 'always',
    },
    revokeApplicationToken: {
      method: 'DELETE',
      path: '/v1/access-token/{id}',
      security: ['sessionToken'],
      replay: 'always',
    },
  },
} as const
