// Generated from specs/ledger/openapi.yaml (sha256 386f2811618f7e6b).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Ledger state, as data. */
export const facts = {
  id: 'ledger',
  title: 'Ledger',
  servers: { production: 'https://accounts.ledger.example' },
  inputs: { clientId: { description: 'The client ID of the application.' } },
  operations: {
    issueToken: {
      method: 'POST',
      path: '/realms/ledger/protocol/openid-connect/token',
      content: 'form',
      security: [],
      replay: 'unprocessed',
    },
  },
} as const
