// Generated from specs/market/openapi.yaml (sha256 af23b7e9caf6acb2).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Market state, as data. */
export const facts = {
  id: 'market',
  title: 'Market',
  servers: { production: 'https://api.market.example', sandbox: 'https://sandbox.market.example' },
  inputs: {
    clientId: { description: 'The client ID of the application.', env: 'MARKET_CLIENT_ID' },
    clientSecret: { description: 'The client secret of the application.', secret: true, env: 'MARKET_CLIENT_SECRET' },
  },
  operations: {
    issueToken: { method: 'POST', path: '/oauth/token', security: [], replay: 'unprocessed' },
    refreshToken: { method: 'POST', path: '/oauth/renew', security: [], replay: 'unprocessed' },
    revokeToken: { method: 'POST', path: '/oauth/revoke', security: [], replay: 'always' },
  },
} as const
