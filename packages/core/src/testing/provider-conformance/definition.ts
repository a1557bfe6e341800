import { expectThat } from '../store-conformance/expectations.ts'
import { expectToken, type Open, openScene } from './scene.ts'
import type { ProviderTests } from './world.ts'

// What a spec may leave to TypeScript; `exchange` is a part of `consent`.
const BY_HAND = ['acquire', 'refresh', 'revoke', 'list', 'authorize'] as const

/** What a provider says of itself. */
export function definitionTests<Inputs, M>(open: Open<Inputs, M>): ProviderTests {
  return {
    'the definition is frozen, and says the same each time': async () => {
      await using one = await openScene(open)
      await using two = await openScene(open)
      const { provider } = one.world
      expectThat(Object.isFrozen(provider), 'The provider can be changed. Make it with defineProvider().')
      const said = [one, two].map(({ world }) => {
        const { id, scheme, refreshKind, repeat, inputs, operations, secretQuery } = world.provider
        return JSON.stringify({ id, scheme, refreshKind, repeat, inputs, operations, secretQuery })
      })
      expectThat(said[0] === said[1], 'Two definitions of the provider differ in more than their server.')
    },
    'each member that is left to be written by hand is there': async () => {
      await using scene = await openScene(open)
      // A generated provider takes them as an argument, and JavaScript lets one be forgotten.
      const { provider } = scene.world
      const missing = BY_HAND.filter((name) => Object.hasOwn(provider, name) && typeof provider[name] !== 'function')
      const names = missing.map((name) => `${name}()`).join(' and ')
      expectThat(missing.length === 0, `The provider leaves ${names} to be written by hand, and it was not passed.`)
    },
    'the definition does not contradict itself': async () => {
      await using scene = await openScene(open)
      const { provider, credentials } = scene.world
      const { refreshKind, inputs } = provider
      const canRefresh = provider.refresh !== undefined
      expectThat(provider.acquire !== undefined || canRefresh, 'The provider has neither acquire() nor refresh().')
      expectThat(
        canRefresh === (refreshKind !== 'none'),
        `The provider has ${canRefresh ? 'a' : 'no'} refresh(), but its refreshKind is '${refreshKind}'.`,
      )
      const undeclared = inputs ? undeclaredIn(inputs, Object(credentials)) : []
      expectThat(undeclared.length === 0, `Inputs that are not declared: ${undeclared.join(', ')}.`)
    },
    'a second acquire does to the first token what `repeat` says': async () => {
      await using scene = await openScene(open)
      const { world, apiUrl, manager } = scene
      const { provider } = world
      const { repeat } = provider
      const first = expectToken(await scene.ask())
      if (provider.acquire === undefined || repeat === 'unknown') return
      await manager.account({ tenant: 'another', scopes: world.scopes }).getToken()
      const headers = new Headers()
      first.authorize(headers)
      const { ok, status } = await world.fetch(apiUrl, { headers })
      const shouldLive = repeat !== 'ends-previous'
      expectThat(
        ok === shouldLive,
        `After a second acquire the API answers ${status} to the first token, but repeat is '${repeat}'.`,
      )
    },
  }
}

function undeclaredIn(declared: object, inputs: object | null): string[] {
  return Object.keys(inputs ?? {}).filter((name) => !Object.hasOwn(declared, name))
}
