// Generated from specs/exchange/openapi.yaml (sha256 2bc65b0a83603931).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Exchange state, as data. */
export const facts = {
  id: 'exchange',
  title: 'Exchange',
  servers: { sandbox: 'https://sandbox.exchange.example' },
  inputs: {
    accountId: { description: 'The account.', identity: true, env: 'EXCHANGE_ACCOUNT_ID' },
    key: { description: 'The permanent key.', secret: true, env: 'EXCHANGE_KEY' },
  },
  operations: {
    createToken: {
      method: 'POST',
      path: '/accounts/{accountId}/tokens',
      security: ['permanentKey'],
      replay: 'unprocessed',
    },
    refreshToken: { method: 'PUT', path: '/accounts/{accountId}/tokens/refresh', security: [], replay: 'always' },
  },
} as const
