// Generated from specs/mercado-pago/openapi.yaml (sha256 d3dd0f32e2a5859b).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Mercado Pago state, as data. */
export const facts = {
  id: 'mercado-pago',
  title: 'Mercado Pago',
  servers: { production: 'https://api.mercadopago.com' },
  inputs: {
    clientId: {
      description:
        'The Client ID of the application: at mercadopago.com.br/developers, under Suas integrações, in its production credentials.',
      env: 'MERCADO_PAGO_CLIENT_ID',
    },
    clientSecret: {
      description: 'The Client Secret of the same application, beside its Client ID.',
      secret: true,
      env: 'MERCADO_PAGO_CLIENT_SECRET',
    },
  },
  operations: { issueToken: { method: 'POST', path: '/oauth/token', security: [], replay: 'unprocessed' } },
} as const

/** What each input is and where a user finds it, in Brazilian Portuguese. */
export const inPortuguese = {
  clientId:
    'O Client ID da aplicação: em mercadopago.com.br/developers, em Suas integrações, nas credenciais de produção.',
  clientSecret: 'O Client Secret da mesma aplicação, ao lado do Client ID.',
} as const
