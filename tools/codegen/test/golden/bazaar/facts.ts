// Generated from specs/bazaar/openapi.yaml (sha256 ed1a86672f40884e).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Bazaar state, as data. */
export const facts = {
  id: 'bazaar',
  title: 'Bazaar',
  servers: { production: 'https://{shop}.bazaar.example' },
  apiServers: { production: 'https://api.{shop}.bazaar.example/v2' },
  serverVariables: {
    shop: { description: "The shop's name in its address.", pattern: '^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$' },
  },
  inputs: {
    stall: { description: 'The name of the stall.', identity: true, env: 'BAZAAR_STALL' },
    word: { description: 'The word of its owner.', secret: true, env: 'BAZAAR_WORD' },
    clientId: { description: 'The client ID of the application.' },
    clientSecret: { description: 'The client secret of the application.', secret: true },
  },
  operations: {
    openStall: { method: 'POST', path: '/stalls', security: [], replay: 'unprocessed' },
    closeStall: {
      method: 'POST',
      path: '/end',
      servers: { production: 'https://exit.bazaar.example/{shop}' },
      security: ['stallToken'],
      replay: 'unprocessed',
    },
    issueToken: { method: 'POST', path: '/token', content: 'form', security: [], replay: 'unprocessed' },
  },
} as const
