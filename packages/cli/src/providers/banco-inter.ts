import type { BancoInterOptions } from '@chaveiro/banco-inter'
import { facts, inPortuguese } from '@chaveiro/banco-inter/facts'
import type { CliProvider } from './cli-provider.ts'
import { providerEntry } from './cli-provider.ts'

const SCOPES = {
  description: 'The scopes to ask for, separated by spaces: those that are enabled, such as extrato.read.',
  secret: false,
  env: 'BANCO_INTER_SCOPES',
} as const

type Options = BancoInterOptions & { readonly scopes: string }

/** Banco Inter, whose tokens are of scopes. An application names them with the account; here they are an input. */
export const bancoInter: CliProvider = providerEntry({
  facts: async () => ({
    ...facts,
    inputs: { ...facts.inputs, scopes: SCOPES },
    inPortuguese: {
      ...inPortuguese,
      scopes: 'Os escopos a pedir, separados por espaços: os que estão habilitados, como extrato.read.',
    },
  }),
  async create() {
    const { createBancoInter } = await import('@chaveiro/banco-inter')
    return ({ scopes, account, ...options }: Options) =>
      createBancoInter({ ...options, account: { ...named(account, options.clientId), scopes: scopesIn(scopes) } })
  },
  lifecycle: async () => (await import('@chaveiro/banco-inter')).bancoInterProvider,
  simulator: async (settings) => (await import('@chaveiro/simulator')).simulateBancoInter(settings),
  simulatedInputs: { scopes: 'extrato.read' },
  probePath: '/banking/v2/saldo',
})

function named(account: Options['account'], clientId: string): Exclude<Options['account'], string | undefined> {
  return typeof account === 'object' ? account : { tenant: account ?? clientId }
}

function scopesIn(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((scope) => scope !== '')
}
