// Generated from specs/orchard/openapi.yaml (sha256 bb4dc168129362b6).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Orchard state, as data. */
export const facts = {
  id: 'orchard',
  title: 'Orchard',
  servers: { production: 'https://api.orchard.example' },
  inputs: {
    clientId: { description: 'The client ID of the application.' },
    clientSecret: { description: 'The client secret of the application.', secret: true },
  },
  operations: {
    issueToken: {
      method: 'POST',
      path: '/api/v3/oauth/token',
      content: 'form',
      security: ['oauthClient'],
      replay: 'unprocessed',
    },
    revokeToken: {
      method: 'POST',
      path: '/api/v3/oauth/revoke',
      content: 'form',
      security: ['oauthClient'],
      replay: 'always',
    },
  },
} as const
