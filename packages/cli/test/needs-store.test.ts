import { parentSchemes } from '@chaveiro/core/provider'
import { expect, it } from 'vitest'
import { type Lifecycle, needsStore } from '../src/providers/needs-store.ts'
import { PROVIDERS } from '../src/providers/registry.ts'

const acquire: NonNullable<Lifecycle['acquire']> = async () => ({ accessToken: 'token' })

it.each<[string, Lifecycle, boolean]>([
  ['keys alone get every token', { acquire, refreshKind: 'none' }, false],
  ['a refresh leaves the refresh token as it is', { acquire, refreshKind: 'reusable' }, false],
  ['a refresh replaces the refresh token, or may', { acquire, refreshKind: 'single-use' }, true],
  ['keys alone get no token', { refreshKind: 'reusable' }, true],
  [
    'a token that the token call needs is renewed like that',
    {
      acquire,
      refreshKind: 'none',
      parents: parentSchemes({
        session: { id: 'a', server: new URL('https://a.test'), refreshKind: 'single-use', repeat: 'free' },
      }),
    },
    true,
  ],
])('where %s, is a store needed?', (_, lifecycle, isNeeded) => {
  expect(needsStore(lifecycle)).toBe(isNeeded)
})

it('decides by what the documents of each provider say', async () => {
  const answers = Object.entries(PROVIDERS).map(async ([id, provider]) => {
    const [server = ''] = Object.keys((await provider.facts()).servers)
    return [id, await provider.needsStore({ server })]
  })
  expect(Object.fromEntries(await Promise.all(answers))).toEqual({
    'banco-inter': false,
    serpro: false,
    'serpro-integra-contador': false,
    bitize: true,
    genpag: false,
    'assine-online': false,
    // The variables have no refresh token: it comes from a person, once.
    'mercado-livre': true,
    'mercado-pago': true,
    bling: true,
    'conta-azul': true,
    tiny: true,
    'melhor-envio': true,
    correios: false,
    efi: false,
    'efi-charges': false,
  })
})
