// Generated from specs/acme/openapi.yaml (sha256 78c6e0cf6b821a3f).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Acme state, as data. */
export const facts = {
  id: 'acme',
  title: 'Acme',
  servers: { production: 'https://auth.acme.example' },
  inputs: {
    clientId: { description: 'The client ID of the application.' },
    clientSecret: { description: 'The client secret of the application.', secret: true },
  },
  operations: {
    issueToken: { method: 'POST', path: '/token', content: 'form', security: ['oauthClient'], replay: 'unprocessed' },
    revokeToken: {
      method: 'POST',
      path: '/token/revocation',
      content: 'form',
      security: ['oauthClient'],
      replay: 'always',
    },
  },
} as const
