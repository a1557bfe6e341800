// Generated from specs/banco-inter/openapi.yaml (sha256 6b730f09a1267b9b).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Banco Inter state, as data. */
export const facts = {
  id: 'banco-inter',
  title: 'Banco Inter',
  servers: {
    production: 'https://cdpj.partners.bancointer.com.br',
    sandbox: 'https://cdpj-sandbox.partners.uatinter.co',
  },
  inputs: {
    clientId: {
      description: 'The ClientId of the integration, in the Internet Banking for companies.',
      identity: true,
      env: 'BANCO_INTER_CLIENT_ID',
    },
    clientSecret: {
      description: 'The ClientSecret of the same integration.',
      secret: true,
      env: 'BANCO_INTER_CLIENT_SECRET',
    },
    certificate: {
      description: 'The certificate and the key that were downloaded with the integration.',
      env: 'BANCO_INTER_CERTIFICATE',
      kind: 'certificate',
    },
    contaCorrente: {
      description: 'The number of the account, where the integration has several.',
      env: 'BANCO_INTER_CONTA_CORRENTE',
      optional: true,
    },
  },
  operations: {
    issueToken: {
      method: 'POST',
      path: '/oauth/v2/token',
      content: 'form',
      security: ['clientCertificate'],
      replay: 'unprocessed',
    },
  },
} as const

/** What each input is and where a user finds it, in Brazilian Portuguese. */
export const inPortuguese = {
  clientId: 'O ClientId da integração, no Internet Banking PJ.',
  clientSecret: 'O ClientSecret da mesma integração.',
  certificate: 'O certificado e a chave baixados com a integração.',
  contaCorrente: 'O número da conta corrente, se a integração tem mais de uma.',
} as const
