// Generated from specs/tiny/openapi.yaml (sha256 8b43480ce249ad9f).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Tiny state, as data. */
export const facts = {
  id: 'tiny',
  title: 'Tiny',
  servers: { production: 'https://accounts.tiny.com.br' },
  apiServers: { production: 'https://api.tiny.com.br/public-api/v3' },
  inputs: {
    clientId: {
      description:
        'The Client ID of the application: in the ERP under Configurações > Geral > Aplicativos, in its details.',
      env: 'TINY_CLIENT_ID',
    },
    clientSecret: {
      description: 'The Client Secret of the same application, beside its Client ID.',
      secret: true,
      env: 'TINY_CLIENT_SECRET',
    },
  },
  operations: {
    issueToken: {
      method: 'POST',
      path: '/realms/tiny/protocol/openid-connect/token',
      content: 'form',
      security: [],
      replay: 'unprocessed',
    },
  },
} as const
