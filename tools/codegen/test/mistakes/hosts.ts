import type { Mistake } from './mistake.ts'

/** Where things are. In the spec of ferry. */
export const hostMistakes: readonly Mistake[] = [
  {
    name: 'two servers that nothing tells apart',
    edits: [{ from: 'x-api: https://sandbox.ferry.example/v3', to: 'x-api: https://api.ferry.example/v3' }],
    keyPath: 'servers.1.url',
    sentence:
      'Nothing tells `sandbox` from `production`. Where one token endpoint serves two APIs, name them: `x-api`.',
  },
  {
    name: 'servers of a path with other names',
    edits: [
      {
        from: 'url: https://exit.sandbox.ferry.example, x-name: sandbox',
        to: 'url: https://exit.sandbox.ferry.example, x-name: test',
      },
    ],
    keyPath: 'paths./boats/end.servers',
    sentence: "Users choose a server once, so these have the names of the document's: production, sandbox.",
  },
  {
    name: 'a path without one of the servers',
    edits: [{ from: '\n      - { url: https://exit.sandbox.ferry.example, x-name: sandbox }', to: '' }],
    keyPath: 'paths./boats/end.servers',
    sentence: "Users choose a server once, so these have the names of the document's: production, sandbox.",
  },
  {
    name: 'servers of an operation',
    edits: [
      {
        from: '    post:\n      operationId: admitBoat',
        to: '    post:\n      servers: [{ url: https://boats.ferry.example, description: elsewhere }]\n      operationId: admitBoat',
      },
    ],
    keyPath: 'paths./boats.post.servers',
    sentence: 'The generator reads the servers of a path. Write these there, beside the method.',
  },
  {
    name: 'a host of a path without https',
    edits: [{ from: 'url: https://exit.ferry.example', to: 'url: http://exit.ferry.example' }],
    keyPath: 'paths./boats/end.servers.0.url',
    sentence: '`http://exit.ferry.example` is not https: token calls carry secrets.',
  },
  {
    name: 'an API without https',
    edits: [{ from: 'x-api: https://api.ferry.example/v3', to: 'x-api: http://api.ferry.example/v3' }],
    keyPath: 'servers.0.x-api',
    sentence: '`http://api.ferry.example/v3` is not https: requests carry the token.',
  },
  {
    name: 'an API on the document',
    edits: [{ from: 'openapi: 3.1.0', to: 'openapi: 3.1.0\nx-api: https://api.ferry.example' }],
    keyPath: 'x-api',
    sentence: '`x-api` means nothing here.',
  },
]
