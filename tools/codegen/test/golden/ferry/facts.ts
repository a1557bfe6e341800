// Generated from specs/ferry/openapi.yaml (sha256 d41ceba3762176e9).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Ferry state, as data. */
export const facts = {
  id: 'ferry',
  title: 'Ferry',
  servers: { production: 'https://id.ferry.example/auth', sandbox: 'https://id.ferry.example/auth' },
  apiServers: { production: 'https://api.ferry.example/v3', sandbox: 'https://sandbox.ferry.example/v3' },
  inputs: {
    boat: { description: 'The name of the boat.', identity: true, env: 'FERRY_BOAT' },
    word: { description: 'The word of its captain.', secret: true, env: 'FERRY_WORD' },
  },
  operations: {
    admitBoat: { method: 'POST', path: '/boats', content: 'form', security: [], replay: 'unprocessed' },
    dismissBoat: {
      method: 'POST',
      path: '/boats/end',
      servers: { production: 'https://exit.ferry.example', sandbox: 'https://exit.sandbox.ferry.example' },
      security: ['boatToken'],
      replay: 'unprocessed',
    },
    admitCargo: {
      method: 'POST',
      path: '/cargo',
      servers: { production: 'https://cargo.ferry.example', sandbox: 'https://cargo.sandbox.ferry.example' },
      apiServers: { production: 'https://cargo.ferry.example/v1' },
      security: ['boatToken'],
      replay: 'unprocessed',
    },
  },
} as const
