// Generated from specs/tiny/openapi.yaml (sha256 e60434f17745fdb5).
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

/** What each input is and where a user finds it, in Brazilian Portuguese. */
export const inPortuguese = {
  clientId: 'O Client ID do aplicativo: no ERP, em Configurações > Geral > Aplicativos, nos detalhes dele.',
  clientSecret: 'O Client Secret do mesmo aplicativo, ao lado do Client ID.',
} as const
