import { lineAt, type Tree, textOf } from './tree.ts'

const READMES = ['README.md', 'README.pt-BR.md']

/** Every input has its row in the READMEs of a provider, and every server its place. Gives what is missing there. */
export function missingRows(id: string, tree: Tree): readonly string[] {
  const facts = textOf(tree, `packages/${id}/src/generated/facts.ts`)
  const servers = [...section(facts, 'servers').matchAll(/https:[^']+/g)].map(([url]) => url)
  const inputs = [...section(facts, 'inputs').matchAll(/^ {4}(\w+): \{/gm)].map(([, name = '']) => name)
  return readmesOf(id, tree).flatMap((path) => {
    const text = tree.read(path)
    return [
      ...inputs
        .filter((name) => !new RegExp(`^\\| \`\\[?${name}\\]?\` `, 'm').test(text))
        .map((name) => `${path} has no row for \`${name}\` in its table of options.`),
      ...servers.filter((url) => !text.includes(url)).map((url) => `${path} does not name the server ${url}.`),
    ]
  })
}

/** `/anything` is what `new-provider` writes where a path of the real API belongs. */
export function examplePaths(id: string, tree: Tree): readonly string[] {
  return readmesOf(id, tree).flatMap((path) => {
    const text = tree.read(path)
    const first = text.indexOf('/anything')
    return first < 0 ? [] : [`${path}:${lineAt(text, first)} calls /anything. Write a path of the real API there.`]
  })
}

function readmesOf(id: string, { files }: Tree): readonly string[] {
  return READMES.map((name) => `packages/${id}/${name}`).filter((path) => files.includes(path))
}

/** What is between the braces of a member of the generated facts. */
function section(facts: string, name: string): string {
  return new RegExp(`${name}: \\{(.*?)\\n {2}\\}`, 's').exec(facts)?.[1] ?? ''
}
