// Generated from specs/bureau/openapi.yaml (sha256 dbb7ad177ae0514e).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Bureau state, as data. */
export const facts = {
  id: 'bureau',
  title: 'Bureau',
  servers: { production: 'https://api.bureau.example' },
  inputs: {
    clientId: { description: 'The application.', identity: true, env: 'BUREAU_CLIENT_ID' },
    clientSecret: { description: 'The secret of the application.', secret: true, env: 'BUREAU_CLIENT_SECRET' },
    gateKey: { description: 'Opens the gate before the token endpoint.', secret: true },
    purpose: { description: 'What the token is for.', optional: true },
    clerk: { description: 'The name of the clerk.' },
    code: { description: 'The code of the clerk.', secret: true },
    pin: { description: "The clerk's second code.", secret: true, optional: true },
    trace: { description: "Found again in the bureau's logs.", optional: true },
    word: { description: 'The word of the member.', secret: true },
  },
  operations: {
    issueToken: {
      method: 'POST',
      path: '/token',
      content: 'form',
      security: ['client', 'gate'],
      replay: 'unprocessed',
    },
    admitClerk: { method: 'POST', path: '/clerks', security: ['clerkPass'], replay: 'unprocessed' },
    admitMember: { method: 'POST', path: '/members', security: [], replay: 'unprocessed' },
    renewMember: { method: 'PUT', path: '/members', security: [], replay: 'unprocessed' },
    renewGuest: { method: 'PUT', path: '/guests', content: 'form', security: [], replay: 'unprocessed' },
  },
} as const
