/** As the generator writes it for the spec of the page. */
export const facts = {
  id: 'acme',
  title: 'Acme',
  servers: { production: 'https://api.acme.example' },
  inputs: {
    clientId: { description: 'The id of the application.', identity: true },
    clientSecret: { description: 'The secret of the same application.', secret: true },
  },
  operations: {},
} as const
