// Generated from specs/vault/openapi.yaml (sha256 e86b3dcec73eeda2).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Vault state, as data. */
export const facts = {
  id: 'vault',
  title: 'Vault',
  servers: { production: 'https://vault.example' },
  apiServers: { production: 'https://api.vault.example/v1' },
  inputs: {
    consumerKey: { description: 'The Consumer Key.', identity: true, env: 'VAULT_CONSUMER_KEY' },
    consumerSecret: { description: 'The Consumer Secret.', secret: true, env: 'VAULT_CONSUMER_SECRET' },
    certificate: { description: 'The certificate of the contractor.', kind: 'certificate' },
  },
  operations: {
    authenticate: {
      method: 'POST',
      path: '/authenticate',
      content: 'form',
      security: ['client', 'contractor'],
      replay: 'unprocessed',
    },
  },
} as const
