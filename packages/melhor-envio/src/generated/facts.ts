// Generated from specs/melhor-envio/openapi.yaml (sha256 bfdc639b4fc222b1).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Melhor Envio state, as data. */
export const facts = {
  id: 'melhor-envio',
  title: 'Melhor Envio',
  servers: { production: 'https://melhorenvio.com.br', sandbox: 'https://sandbox.melhorenvio.com.br' },
  inputs: {
    clientId: {
      description:
        'The Client ID of the application: in the panel under Integrações > Área Dev., in its details. Each environment has its own.',
      env: 'MELHOR_ENVIO_CLIENT_ID',
    },
    clientSecret: {
      description: 'The Secret of the same application, beside its Client ID.',
      secret: true,
      env: 'MELHOR_ENVIO_CLIENT_SECRET',
    },
    userAgent: {
      description:
        'The name of your application and an e-mail address for technical questions, as Melhor Envio demands them: Loja Azul (dev@loja.example).',
      env: 'MELHOR_ENVIO_USER_AGENT',
    },
  },
  operations: {
    issueToken: { method: 'POST', path: '/oauth/token', content: 'form', security: [], replay: 'unprocessed' },
  },
} as const
