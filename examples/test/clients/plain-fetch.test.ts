import { type Answer, clientContract } from './support/client-contract.ts'

const answer = async (response: Response): Promise<Answer> => ({ status: response.status, body: await response.json() })

clientContract('plain fetch', {
  connect: (bitize) => ({
    list: async (signal) => answer(await bitize.fetch('/vendors', signal && { signal })),
    create: async (vendor) =>
      answer(
        await bitize.fetch('/vendors', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(vendor),
        }),
      ),
  }),
  isAbort: (error, reason) => error === reason,
})
