// Generated from specs/bling/openapi.yaml (sha256 60f1e32aa5944fd8).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Bling state, as data. */
export const facts = {
  id: 'bling',
  title: 'Bling',
  servers: { production: 'https://api.bling.com.br/Api/v3' },
  inputs: {
    clientId: {
      description:
        "The client id of the application: in Bling's Central de Extensões, under Área do Integrador, on the tab Informações do app.",
      env: 'BLING_CLIENT_ID',
    },
    clientSecret: {
      description: 'The client secret of the same application, beside its client id.',
      secret: true,
      env: 'BLING_CLIENT_SECRET',
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
    revokeToken: {
      method: 'POST',
      path: '/oauth/revoke',
      content: 'form',
      security: ['oauthClient'],
      replay: 'always',
    },
  },
} as const

/** What each input is and where a user finds it, in Brazilian Portuguese. */
export const inPortuguese = {
  clientId:
    'O client id do aplicativo: na Central de Extensões do Bling, em Área do Integrador, na aba Informações do app.',
  clientSecret: 'O client secret do mesmo aplicativo, ao lado do client id.',
} as const
