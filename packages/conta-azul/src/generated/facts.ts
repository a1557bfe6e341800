// Generated from specs/conta-azul/openapi.yaml (sha256 c19ffacb95ee68ff).
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

/** What each input is and where a user finds it, in Brazilian Portuguese. */
export const inPortuguese = {
  clientId:
    'O client_id da aplicação: no Portal do Desenvolvedor (developers-portal.contaazul.com), nos detalhes da aplicação.',
  clientSecret: 'O client_secret da mesma aplicação, ao lado do client_id.',
} as const
