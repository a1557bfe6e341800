// Generated from specs/correios/openapi.yaml (sha256 639e610c03d6c220).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Correios state, as data. */
export const facts = {
  id: 'correios',
  title: 'Correios',
  servers: { production: 'https://api.correios.com.br', homologation: 'https://apihom.correios.com.br' },
  inputs: {
    username: { description: 'The user of Meu Correios, or its idCorreios.', identity: true, env: 'CORREIOS_USERNAME' },
    accessCode: {
      description:
        "The access code of the APIs, not the password of the site: in Correios Web Services (cws.correios.com.br), under Gestão de acesso a API's.",
      secret: true,
      env: 'CORREIOS_ACCESS_CODE',
    },
    postingCard: {
      description:
        'The number of the posting card (cartão de postagem), with its zeros in front. Without it the token is for the contract, and without a contract for the user alone.',
      env: 'CORREIOS_POSTING_CARD',
      optional: true,
    },
    contract: { description: 'The number of the contract.', env: 'CORREIOS_CONTRACT', optional: true },
  },
  operations: {
    issueUserToken: { method: 'POST', path: '/token/v1/autentica', security: ['accessCode'], replay: 'unprocessed' },
    issuePostingCardToken: {
      method: 'POST',
      path: '/token/v1/autentica/cartaopostagem',
      security: ['accessCode'],
      replay: 'unprocessed',
    },
    issueContractToken: {
      method: 'POST',
      path: '/token/v1/autentica/contrato',
      security: ['accessCode'],
      replay: 'unprocessed',
    },
  },
} as const

/** What each input is and where a user finds it, in Brazilian Portuguese. */
export const inPortuguese = {
  username: 'O usuário do Meu Correios, ou o seu idCorreios.',
  accessCode:
    "O código de acesso às APIs, e não a senha do site: no Correios Web Services (cws.correios.com.br), em Gestão de acesso a API's.",
  postingCard:
    'O número do cartão de postagem, com os zeros à esquerda. Sem ele, o token é do contrato; sem contrato, só do usuário.',
  contract: 'O número do contrato.',
} as const
