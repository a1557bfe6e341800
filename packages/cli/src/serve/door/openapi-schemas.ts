const INSTANT = { type: ['string', 'null'], format: 'date-time', description: '`null`: unknown.' }
const TEXTS = { type: 'array', items: { type: 'string' } }

/** What the server answers with, as schemas of its document. */
export const OPENAPI_SCHEMAS: object = {
  Token: {
    type: 'object',
    required: ['access_token', 'token_type', 'expires_at', 'expires_in', 'account'],
    properties: {
      access_token: { type: 'string' },
      token_type: {
        type: 'string',
        description: 'The scheme in the header Authorization; `N_A` where the token is elsewhere.',
        examples: ['Bearer'],
      },
      expires_at: INSTANT,
      expires_in: { type: ['integer', 'null'], minimum: 0, description: 'In seconds. `null`: unknown.' },
      account: { type: 'string' },
      headers: {
        type: 'object',
        description: 'All headers that a request needs, the token included.',
        additionalProperties: { type: 'string' },
      },
      query: {
        type: 'object',
        description: 'All query parameters that a request needs, decoded.',
        additionalProperties: { type: 'string' },
      },
    },
  },
  Accounts: {
    type: 'object',
    required: ['accounts'],
    properties: {
      accounts: {
        type: 'array',
        items: {
          type: 'object',
          required: ['provider', 'account', 'doors', 'allow', 'state', 'expires_at'],
          properties: {
            provider: { type: 'string' },
            account: { type: 'string' },
            doors: TEXTS,
            allow: { ...TEXTS, description: 'The rules of the key for this account, as written.' },
            state: {
              enum: [
                'absent',
                'fresh',
                'in-window',
                'expired',
                'reauthorization-required',
                'credentials-rejected',
                'misconfigured',
                'unknown',
              ],
            },
            expires_at: INSTANT,
          },
        },
      },
    },
  },
  Health: {
    type: 'object',
    required: ['status'],
    properties: { status: { const: 'ok' } },
  },
  Problem: {
    type: 'object',
    description: 'Why a call got nothing else (RFC 9457).',
    required: ['title', 'status', 'code', 'action', 'detail'],
    properties: {
      title: { type: 'string' },
      status: { type: 'integer' },
      code: { type: 'string', description: 'Stays the same, so that a program can go by it.' },
      action: {
        description: 'What the caller can do about it.',
        enum: ['retry', 'reauthorize', 'fix-configuration', 'none'],
      },
      detail: { type: 'string' },
    },
  },
}
