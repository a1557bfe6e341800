// Generated from specs/toll/openapi.yaml (sha256 971b1d112e62b047).
// Do not edit: change the spec, then run `pnpm generate`.

/** What the documents of Toll state, as data. */
export const facts = {
  id: 'toll',
  title: 'Toll',
  servers: { production: 'https://api.toll.example' },
  inputs: {
    driver: { description: 'The number of the driver.', identity: true },
    pin: { description: 'The PIN of the driver.', secret: true },
    gate: { description: 'The number of the gate.' },
    secret: { description: 'The secret of the gate.', secret: true },
  },
  operations: {
    issueDriverToken: { method: 'POST', path: '/drivers/token', security: [], replay: 'unprocessed' },
    renewDriverToken: { method: 'PUT', path: '/drivers/token', security: [], replay: 'always' },
    issueGateToken: { method: 'POST', path: '/gates/token', security: [], replay: 'unprocessed' },
    renewGateToken: { method: 'PUT', path: '/gates/token', security: [], replay: 'always' },
    listPassages: {
      method: 'GET',
      path: '/passages',
      security: ['driverToken', 'gateToken'],
      replay: 'always',
      api: true,
    },
  },
} as const
