// Generated from specs/harbour/openapi.yaml (sha256 d6661670f336a43c).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Harbour state, as data. */
export const facts = {
  id: 'harbour',
  title: 'Harbour',
  servers: { production: 'https://api.harbour.example' },
  undocumentedServers: { test: 'The harbour master knows the host of the test.' },
  inputs: {
    device: { description: "The device's number.", identity: true, env: 'HARBOUR_DEVICE' },
    key: { description: 'The permanent key.', secret: true, env: 'HARBOUR_KEY' },
    note: { description: "Where the harbour's book lists the session.", default: 'none' },
  },
  operations: {
    registerDevice: {
      method: 'POST',
      path: '/device/{device}/tokens',
      security: ['permanentKey'],
      replay: 'unprocessed',
    },
    sendPhoto: { method: 'POST', path: '/device/photo', security: ['photoKey'], replay: 'unprocessed', device: true },
    openSession: { method: 'POST', path: '/session', security: ['deviceToken'], replay: 'unprocessed' },
    extendSession: { method: 'PUT', path: '/session', security: ['sessionToken'], replay: 'always' },
    closeSession: { method: 'DELETE', path: '/session', security: ['sessionToken'], replay: 'always' },
    beginVoyage: { method: 'POST', path: '/voyage', security: ['sessionToken'], replay: 'unprocessed' },
    continueVoyage: { method: 'PUT', path: '/voyage', security: [], replay: 'never' },
  },
  retryAfter: [
    { header: 'X-RateLimit-Reset-After', as: 'seconds' },
    { header: 'X-Open-Again', as: 'http-date' },
  ],
} as const
