// Generated from specs/mercado-pago/openapi.yaml (sha256 426db58d2d62dab6).
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
