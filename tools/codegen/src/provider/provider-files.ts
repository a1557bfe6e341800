import { camelCase, pascalCase } from '../emit/names.ts'
import { type Tree, textOf } from './tree.ts'

/** Everything of a provider is named after its id, and is where a reader looks for it: what isn't. */
export function misplacedFiles(id: string, tree: Tree): readonly string[] {
  return [...filesOf(id, tree), ...exportsOf(id, tree)]
}

function filesOf(id: string, { files }: Tree): readonly string[] {
  return [
    `specs/${id}/SOURCES.md`,
    `packages/${id}/README.md`,
    `packages/${id}/README.pt-BR.md`,
    `packages/${id}/src/${id}.ts`,
    `packages/${id}/src/browser.ts`,
    `packages/${id}/src/index.ts`,
    `packages/simulator/src/${id}/simulate-${id}.ts`,
  ]
    .filter((path) => !files.includes(path))
    .map((path) => `${path} is missing: ${id} is a provider.`)
}

function exportsOf(id: string, tree: Tree): readonly string[] {
  const name = pascalCase(id)
  const index = `packages/${id}/src/index.ts`
  if (!tree.files.includes(index)) return []
  return [name, `create${name}`, `${name}Options`, `${name}Inputs`, `${name}Server`, `${camelCase(id)}Provider`]
    .filter((exported) => !new RegExp(`\\b${exported}\\b`).test(tree.read(index)))
    .map((exported) => `${index} does not export ${exported}.`)
}

/** Where a provider must be listed but isn't yet; `new-provider` adds it there. */
export function unregistered(id: string, tree: Tree): readonly string[] {
  const simulator = 'packages/simulator/src/index.ts'
  return [
    ...(textOf(tree, 'tsconfig.test.json').includes(`"packages/${id}"`)
      ? []
      : [`tsconfig.test.json has no reference to packages/${id}. Add { "path": "packages/${id}" }.`]),
    ...(textOf(tree, simulator).includes(`simulate${pascalCase(id)}`)
      ? []
      : [`${simulator} does not export simulate${pascalCase(id)}.`]),
  ]
}
