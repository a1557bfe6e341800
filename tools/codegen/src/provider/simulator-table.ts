import { pascalCase } from '../emit/names.ts'
import { type Tree, textOf } from './tree.ts'

/** In both languages. */
export const SIMULATOR_READMES = ['packages/simulator/README.md', 'packages/simulator/README.pt-BR.md'] as const

/** The READMEs of the simulator have a row for each, with the requests that it answers. Says where this one is missing. */
export function missingSimulatorRow(id: string, tree: Tree): readonly string[] {
  const name = `simulate${pascalCase(id)}`
  return SIMULATOR_READMES.filter((path) => !new RegExp(`^\\| \`${name}\` `, 'm').test(textOf(tree, path))).map(
    (path) => `${path} has no row for \`${name}\`. Add one with the requests that it answers.`,
  )
}
