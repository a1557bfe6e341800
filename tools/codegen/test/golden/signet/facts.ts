// Generated from specs/signet/openapi.yaml (sha256 ace0d03974179273).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Signet state, as data. */
export const facts = {
  id: 'signet',
  title: 'Signet',
  servers: { production: 'https://api.signet.example', sandbox: 'https://sandbox.signet.example' },
  inputs: {
    clientId: { description: 'The id of the application.', identity: true },
    privateKey: { description: 'Its private key, a PEM.', secret: true, env: 'SIGNET_PRIVATE_KEY' },
    employee: { description: 'For whom the application acts.', optional: true },
  },
  operations: {
    issueToken: { method: 'POST', path: '/oauth/token', content: 'form', security: [], replay: 'unprocessed' },
  },
} as const
