import { pascalCase } from '../emit/names.ts'
import { type Tree, textOf } from './tree.ts'

/** The README of the simulator has a row for each, with the requests that it answers. Says if this one is missing. */
export function missingSimulatorRow(id: string, tree: Tree): readonly string[] {
  const path = 'packages/simulator/README.md'
  const name = `simulate${pascalCase(id)}`
  return new RegExp(`^\\| \`${name}\` `, 'm').test(textOf(tree, path))
    ? []
    : [`${path} has no row for \`${name}\`. Add one with the requests that it answers.`]
}
