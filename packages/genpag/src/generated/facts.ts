// Generated from specs/genpag/openapi.yaml (sha256 b36682d4ccd8e03c).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Genpag state, as data. */
export const facts = {
  id: 'genpag',
  title: 'Genpag',
  servers: { sandbox: 'https://api-sandbox.genpag.com.br' },
  undocumentedServers: {
    production:
      "No public document that could be read names the host of Genpag's production. Ask Genpag for it, or look into your account's dashboard (business.gen.com.br) and the API reference (docs.gen.com.br), and pass it as a URL.",
  },
  inputs: {
    sellerId: {
      description:
        'The id of the seller: in the dashboard under Perfil e preferências > Desenvolvedor > Chaves de Acesso > Meu ID.',
      identity: true,
      env: 'GENPAG_SELLER_ID',
    },
    refreshToken: {
      description:
        "The seller's refresh token, which does not expire: in the dashboard under Perfil e Preferências > Desenvolvedor > Gerar nova chave. Only a new one is shown.",
      secret: true,
      env: 'GENPAG_REFRESH_TOKEN',
    },
  },
  operations: {
    createAccessToken: {
      method: 'POST',
      path: '/api/{sellerId}/tokens',
      security: ['refreshToken'],
      replay: 'unprocessed',
    },
    tokenizeCard: {
      method: 'POST',
      path: '/api/tokenize',
      security: ['clientToken'],
      replay: 'unprocessed',
      device: true,
    },
  },
} as const

/** What each input is and where a user finds it, in Brazilian Portuguese. */
export const inPortuguese = {
  sellerId: 'O id do estabelecimento: no painel, em Perfil e preferências > Desenvolvedor > Chaves de Acesso > Meu ID.',
  refreshToken:
    'A chave de atualização do estabelecimento, que não expira: no painel, em Perfil e Preferências > Desenvolvedor > Gerar nova chave. Só uma chave nova é exibida.',
} as const
