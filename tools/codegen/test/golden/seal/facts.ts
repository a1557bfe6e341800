// Generated from specs/seal/openapi.yaml (sha256 aff6effd4e788343).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Seal state, as data. */
export const facts = {
  id: 'seal',
  title: 'Seal',
  servers: { production: 'https://seal.example' },
  inputs: {
    clientId: { description: 'The client ID of the application.', identity: true },
    certificate: { description: 'The certificate of the application.', kind: 'certificate' },
    account: { description: 'The account to act on.' },
  },
  operations: {
    issueToken: {
      method: 'POST',
      path: '/token',
      content: 'form',
      security: ['clientCertificate'],
      replay: 'unprocessed',
    },
  },
} as const
