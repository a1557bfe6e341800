// Generated from specs/conta-azul/openapi.yaml (sha256 da1ea4e4ae4a8910).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Conta Azul state, as data. */
export const facts = {
  id: 'conta-azul',
  title: 'Conta Azul',
  servers: { production: 'https://api-v2.contaazul.com' },
  inputs: {
    clientId: {
      description:
        'The client_id of the application: in the Portal do Desenvolvedor (developers-portal.contaazul.com), among the details of the application.',
      env: 'CONTA_AZUL_CLIENT_ID',
    },
    clientSecret: {
      description: 'The client_secret of the same application, beside its client_id.',
      secret: true,
      env: 'CONTA_AZUL_CLIENT_SECRET',
    },
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
