// Generated from specs/customs/openapi.yaml (sha256 aa8ae6e75e359b82).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Customs state, as data. */
export const facts = {
  id: 'customs',
  title: 'Customs',
  servers: { production: 'https://api.customs.example' },
  inputs: {
    trader: { description: 'The number of the trader.', identity: true, env: 'CUSTOMS_TRADER' },
    word: { description: 'The word of the account.', secret: true, env: 'CUSTOMS_WORD' },
    appKey: { description: 'The key of the application.', secret: true },
    account: { description: 'The account to act on.', optional: true },
  },
  operations: {
    admitTrader: { method: 'POST', path: '/traders', security: [], replay: 'unprocessed' },
    renewTrader: { method: 'PUT', path: '/traders', security: [], replay: 'always' },
    admitBroker: { method: 'POST', path: '/brokers', security: [], replay: 'unprocessed' },
    dismissBroker: { method: 'DELETE', path: '/brokers', security: ['brokerToken'], replay: 'always' },
    admitAgent: { method: 'POST', path: '/agents', security: ['brokerToken'], replay: 'unprocessed' },
  },
  apiQuery: ['app-key', 'lane', 'trusted'],
} as const
