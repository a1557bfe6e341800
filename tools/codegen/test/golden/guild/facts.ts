// Generated from specs/guild/openapi.yaml (sha256 f31f47d9ec9c0551).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Guild state, as data. */
export const facts = {
  id: 'guild',
  title: 'Guild',
  servers: { production: 'https://api.guild.example', sandbox: 'https://sandbox.guild.example' },
  inputs: {
    application: { description: 'The id of the application.', default: 'guildhall' },
    secret: { description: 'The secret of the application.', secret: true },
  },
  operations: {
    issueToken: { method: 'POST', path: '/token', content: 'form', security: ['client'], replay: 'always' },
    issueBadge: { method: 'POST', path: '/badges', security: [], replay: 'unprocessed' },
    showCode: { method: 'POST', path: '/codes', content: 'form', security: [], replay: 'unprocessed' },
    exchangeCode: { method: 'POST', path: '/codes/exchange', security: [], replay: 'unprocessed' },
  },
} as const
