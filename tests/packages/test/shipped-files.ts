/** What ships besides the sources and what they are compiled to. Whatever is added here, every user downloads. */
const EVERYWHERE = ['LICENSE', 'README.md', 'package.json']

const IN_PORTUGUESE_TOO = [
  '@chaveiro/assine-online',
  '@chaveiro/bitize',
  '@chaveiro/bling',
  '@chaveiro/conta-azul',
  '@chaveiro/core',
  '@chaveiro/genpag',
  '@chaveiro/melhor-envio',
  '@chaveiro/mercado-livre',
  '@chaveiro/mercado-pago',
  '@chaveiro/oauth',
  '@chaveiro/stores',
  '@chaveiro/tiny',
  'chaveiro',
]

/** The reviewed files of a package that are no modules. */
export function reviewedFiles(name: string): readonly string[] {
  return IN_PORTUGUESE_TOO.includes(name) ? [...EVERYWHERE, 'README.pt-BR.md'] : EVERYWHERE
}
