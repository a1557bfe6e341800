// Generated from specs/bitize/openapi.yaml (sha256 0add907e60e6fbdc).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Bitize state, as data. */
export const facts = {
  id: 'bitize',
  title: 'Bitize',
  servers: {
    production: 'https://api.bitize.com.br',
    test: 'https://api-tst.bitize.com.br',
    io: 'https://api.bitize.io',
  },
  inputs: {
    consumerKey: {
      description:
        'The Consumer Key of an integration: a UUID, shown at app.bitize.com.br under Configurações > Integrações.',
      identity: true,
      env: 'BITIZE_CONSUMER_KEY',
    },
    secretKey: {
      description: 'The Secret Key of the same integration. Bitize shows it once, when the integration is registered.',
      secret: true,
      env: 'BITIZE_SECRET_KEY',
    },
  },
  operations: {
    authenticate: { method: 'POST', path: '/auth', security: [], replay: 'unprocessed' },
    refreshAccessToken: {
      method: 'GET',
      path: '/auth',
      security: [],
      replay: 'unprocessed',
      secretQuery: ['refresh_token'],
    },
  },
} as const

/** What each input is and where a user finds it, in Brazilian Portuguese. */
export const inPortuguese = {
  consumerKey:
    'A Consumer Key de uma integração: um UUID, exibido em app.bitize.com.br em Configurações > Integrações.',
  secretKey: 'A Secret Key da mesma integração. A Bitize a exibe uma única vez, no cadastro da integração.',
} as const
