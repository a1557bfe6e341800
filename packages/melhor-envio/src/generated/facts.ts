// Generated from specs/melhor-envio/openapi.yaml (sha256 ad6e204a79710af2).
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

/** What each input is and where a user finds it, in Brazilian Portuguese. */
export const inPortuguese = {
  clientId:
    'O Client ID do aplicativo: no painel, em Integrações > Área Dev., nos detalhes dele. Cada ambiente tem o seu.',
  clientSecret: 'O Secret do mesmo aplicativo, ao lado do Client ID.',
  userAgent:
    'O nome da sua aplicação e um e-mail para contato técnico, como o Melhor Envio exige: Loja Azul (dev@loja.example).',
} as const
