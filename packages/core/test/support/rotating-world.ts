import { type WorldOptions, world } from './engine-world.ts'
import { mintingIssuer, mintingShape } from './minting-issuer.ts'

export function rotating(options: WorldOptions = {}) {
  const mint = mintingIssuer()
  const made = world({
    ...options,
    provider: { ...mintingShape(), ...options.provider },
    manager: { fetch: mint.fetch, ...options.manager },
  })
  return { ...made, mint }
}
