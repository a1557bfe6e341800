// Generated from specs/mercado-livre/openapi.yaml (sha256 6ec53cd347ac9ae5).
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

/** What each input is and where a user finds it, in Brazilian Portuguese. */
export const inPortuguese = {
  clientId: 'O ID da aplicação: no DevCenter (developers.mercadolivre.com.br/devcenter), na configuração da aplicação.',
  clientSecret: 'A chave secreta da mesma aplicação. O DevCenter a exibe no mesmo lugar, e lá ela pode ser renovada.',
} as const
