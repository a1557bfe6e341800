// Generated from specs/efi/openapi.yaml (sha256 45a0df1b44c2e969).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Efí state, as data. */
export const facts = {
  id: 'efi',
  title: 'Efí',
  servers: { production: 'https://pix.api.efipay.com.br', sandbox: 'https://pix-h.api.efipay.com.br' },
  inputs: {
    clientId: {
      description: 'The Client_Id of the application, of the environment that you use.',
      identity: true,
      env: 'EFI_CLIENT_ID',
    },
    clientSecret: {
      description: 'The Client_Secret of the same application and environment.',
      secret: true,
      env: 'EFI_CLIENT_SECRET',
    },
    certificate: {
      description:
        'The certificate of the same environment, a .p12 file without a passphrase: in the Efí account, under API, Meus Certificados.',
      env: 'EFI_CERTIFICATE',
      kind: 'certificate',
    },
  },
  operations: {
    issuePixToken: { method: 'POST', path: '/oauth/token', security: ['client', 'certificate'], replay: 'unprocessed' },
    issueChargesToken: {
      method: 'POST',
      path: '/v1/authorize',
      servers: { production: 'https://cobrancas.api.efipay.com.br', sandbox: 'https://cobrancas-h.api.efipay.com.br' },
      security: ['client'],
      replay: 'unprocessed',
    },
  },
} as const

/** What each input is and where a user finds it, in Brazilian Portuguese. */
export const inPortuguese = {
  clientId: 'O Client_Id da aplicação, do ambiente que você usa.',
  clientSecret: 'O Client_Secret da mesma aplicação e do mesmo ambiente.',
  certificate: 'O certificado do mesmo ambiente, um arquivo .p12 sem senha: na conta Efí, em API, Meus Certificados.',
} as const
