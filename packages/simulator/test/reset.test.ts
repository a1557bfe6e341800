import { expect, it } from 'vitest'
import type { Simulator } from '../src/index.ts'
import * as all from '../src/index.ts'

const SIMULATORS: readonly (readonly [string, () => Simulator & { readonly credentials: object }])[] = [
  ['Assine Online', () => all.simulateAssineOnline()],
  ['Banco Inter', () => all.simulateBancoInter()],
  ['Bitize', () => all.simulateBitize()],
  ['Bling', () => all.simulateBling()],
  ['Conta Azul', () => all.simulateContaAzul()],
  ['Correios', () => all.simulateCorreios()],
  ['Efí', () => all.simulateEfi()],
  ['Efí Cobranças', () => all.simulateEfiCharges()],
  ['Genpag', () => all.simulateGenpag()],
  ['Integra Contador', () => all.simulateIntegraContador()],
  ['Melhor Envio', () => all.simulateMelhorEnvio()],
  ['Mercado Livre', () => all.simulateMercadoLivre()],
  ['Mercado Pago', () => all.simulateMercadoPago()],
  ['OAuth 2.0', () => all.simulateOAuth()],
  ['Serpro', () => all.simulateSerpro()],
  ['Tiny', () => all.simulateTiny()],
]

it('knows every simulator', () => {
  expect(SIMULATORS).toHaveLength(Object.keys(all).filter((name) => name.startsWith('simulate')).length)
})

it.each(SIMULATORS)('%s starts again: no requests, no faults, the first account only', async (_, simulate) => {
  const simulator = simulate()
  const secrets = simulator.revealSecrets()
  const names = simulator.accounts.names()
  const another = Object.fromEntries(
    Object.entries(simulator.credentials).map(([field, value]) => [
      field,
      typeof value === 'string' ? anotherOf(value) : value,
    ]),
  )
  const name = simulator.accounts.add(another)
  expect(simulator.accounts.names()).toEqual([...names, name])
  simulator.faults.next({ kind: 'hang' })
  const hanging = simulator.fetch(simulator.url)
  await simulator.waitFor({ fault: 'hang' })
  simulator.reset()
  expect((await hanging).status).toBeGreaterThanOrEqual(400)
  expect({
    names: simulator.accounts.names(),
    secrets: simulator.revealSecrets(),
    requests: simulator.requests,
    tokens: simulator.tokens,
    faults: simulator.faults.list(),
  }).toEqual({ names, secrets, requests: [], tokens: [], faults: [] })
  simulator.accounts.end(names[0] ?? '')
  expect(simulator.accounts.names()).toEqual([])
})

/** Of the same shape, and not the same: a digit in it is another. */
const anotherOf = (value: string): string => (value.endsWith('1') ? `${value.slice(0, -1)}2` : `${value}2`)
