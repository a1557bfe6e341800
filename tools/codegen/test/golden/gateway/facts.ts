// Generated from specs/gateway/openapi.yaml (sha256 44d9dae682f920b6).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Gateway state, as data. */
export const facts = {
  id: 'gateway',
  title: 'Gateway',
  servers: { production: 'https://api.gateway.example/v1' },
  inputs: {
    clientId: { description: 'The key of the application.', identity: true, env: 'GATEWAY_KEY' },
    clientSecret: { description: 'The client secret of the application.', secret: true },
    contract: { description: 'The number of the contract.' },
  },
  operations: {
    issueToken: {
      method: 'POST',
      path: '/oauth/token',
      content: 'form',
      security: ['oauthClient'],
      replay: 'unprocessed',
    },
  },
} as const
