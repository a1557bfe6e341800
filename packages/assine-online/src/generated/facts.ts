// Generated from specs/assine-online/openapi.yaml (sha256 1e2022bf5da619c5).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Assine Online state, as data. */
export const facts = {
  id: 'assine-online',
  title: 'Assine Online',
  servers: {
    production: 'https://api-v1.assine.online',
    homologation: 'https://api-v1-hom.assine.online',
    legacy: 'https://api.assine.online',
  },
  inputs: {
    username: {
      description: 'The e-mail address with which the user logs in at app.assine.online (hom.assine.online).',
      identity: true,
      env: 'ASSINE_ONLINE_USERNAME',
    },
    password: {
      description: 'The password of the same user. It opens sessions, and confirms each new application token.',
      secret: true,
      env: 'ASSINE_ONLINE_PASSWORD',
    },
    lifetimeMs: { description: 'How long an application token shall live.', kind: 'duration', default: 2592000000 },
  },
  operations: {
    login: { method: 'POST', path: '/oauth', security: [], replay: 'unprocessed' },
    revokeToken: { method: 'POST', path: '/oauth/revoke', security: [], replay: 'unprocessed' },
    createApplicationToken: {
      method: 'POST',
      path: '/v1/access-token',
      security: ['sessionToken'],
      replay: 'unprocessed',
    },
    listApplicationTokens: { method: 'GET', path: '/v1/access-token', security: ['sessionToken'], replay: 'always' },
    revokeApplicationToken: {
      method: 'DELETE',
      path: '/v1/access-token/{id}',
      security: ['sessionToken'],
      replay: 'always',
    },
    readUser: {
      method: 'GET',
      path: '/v1/user',
      security: ['applicationToken', 'sessionToken'],
      replay: 'always',
      api: true,
    },
  },
} as const

/** What each input is and where a user finds it, in Brazilian Portuguese. */
export const inPortuguese = {
  username: 'O e-mail com que o usuário faz login em app.assine.online (hom.assine.online).',
  password: 'A senha do mesmo usuário. Ela abre sessões e confirma cada novo token de aplicação.',
  lifetimeMs: 'Por quanto tempo um token de aplicação deve valer.',
} as const
