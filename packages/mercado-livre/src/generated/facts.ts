// Generated from specs/mercado-livre/openapi.yaml (sha256 1911e55a143be5bb).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Mercado Livre state, as data. */
export const facts = {
  id: 'mercado-livre',
  title: 'Mercado Livre',
  servers: { production: 'https://api.mercadolibre.com' },
  inputs: {
    clientId: {
      description:
        "The ID of the application: in the DevCenter (developers.mercadolivre.com.br/devcenter), under the application's settings.",
      env: 'MERCADO_LIVRE_CLIENT_ID',
    },
    clientSecret: {
      description: 'The secret key of the same application. The DevCenter shows it there, and can renew it.',
      secret: true,
      env: 'MERCADO_LIVRE_CLIENT_SECRET',
    },
  },
  operations: {
    issueToken: { method: 'POST', path: '/oauth/token', content: 'form', security: [], replay: 'unprocessed' },
  },
} as const
