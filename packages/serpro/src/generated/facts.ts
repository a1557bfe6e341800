// Generated from specs/serpro/openapi.yaml (sha256 7271bfcf9924ac6a).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Serpro state, as data. */
export const facts = {
  id: 'serpro',
  title: 'Serpro',
  servers: { production: 'https://gateway.apiserpro.serpro.gov.br' },
  inputs: {
    consumerKey: {
      description: 'The Consumer Key of the contract, in the Área do Cliente (cliente.serpro.gov.br).',
      identity: true,
      env: 'SERPRO_CONSUMER_KEY',
    },
    consumerSecret: {
      description: 'The Consumer Secret of the same contract, beside its key.',
      secret: true,
      env: 'SERPRO_CONSUMER_SECRET',
    },
    certificate: {
      description: 'The e-CNPJ (ICP-Brasil) with which the product was bought, and its key.',
      env: 'SERPRO_CERTIFICATE',
      kind: 'certificate',
    },
  },
  operations: {
    issueToken: { method: 'POST', path: '/token', content: 'form', security: ['client'], replay: 'unprocessed' },
    authenticate: {
      method: 'POST',
      path: '/authenticate',
      servers: { production: 'https://autenticacao.sapi.serpro.gov.br' },
      apiServers: { production: 'https://gateway.apiserpro.serpro.gov.br/integra-contador/v1' },
      content: 'form',
      security: ['client', 'eCnpj'],
      replay: 'unprocessed',
    },
  },
} as const

/** What each input is and where a user finds it, in Brazilian Portuguese. */
export const inPortuguese = {
  consumerKey: 'A Consumer Key do contrato, na Área do Cliente (cliente.serpro.gov.br).',
  consumerSecret: 'O Consumer Secret do mesmo contrato, ao lado da chave.',
  certificate: 'O e-CNPJ (ICP-Brasil) usado na contratação do produto, e a chave dele.',
} as const
