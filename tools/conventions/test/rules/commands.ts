import { type Repository, readJson } from '../repository.ts'

const PAGE = 'CONTRIBUTING.md'

// What our documents use of pnpm's own commands, and the one of them that hides a script: that one needs `run`.
const OF_PNPM = ['add', 'docs', 'exec', 'install', 'pack', 'publish']

// Pages that only a test's own repository has.
const FIXTURES = ['tools/codegen/test/', 'tools/codegen/templates/']

/** The table of commands has a row for every script of the workspace. */
export function everyScriptIsListed(repository: Repository): readonly string[] {
  const rows = [...repository.read(PAGE).matchAll(/^\| `([^`]+)`.*\|$/gm)]
  const listed = new Set(rows.flatMap(([, code = '']) => commandsIn(code).map(({ name }) => name)))
  return scriptsOf(repository)
    .filter((name) => !listed.has(name))
    .map((name) => `${PAGE} has no row for the script ${name}. Add it to the table of commands.`)
}

/** A command that a document or a workflow names is a script of the workspace, or one of pnpm. */
export function everyCommandExists(repository: Repository): readonly string[] {
  const scripts = scriptsOf(repository)
  return repository.files.filter(namesCommands).flatMap((path) => {
    const text = repository.read(path)
    const problems = commandsIn(path.endsWith('.md') ? codeOf(text) : withoutComments(text)).flatMap(
      ({ name, isRun }) => {
        if (isRun || !OF_PNPM.includes(name)) {
          return scripts.includes(name) ? [] : [`${path}: pnpm ${name} is not a script of package.json.`]
        }
        return scripts.includes(name) ? [`${path}: pnpm has a command ${name} of its own. Write pnpm run ${name}.`] : []
      },
    )
    return [...new Set(problems)]
  })
}

function scriptsOf(repository: Repository): readonly string[] {
  return Object.keys(readJson(repository, 'package.json').scripts ?? {})
}

function namesCommands(path: string): boolean {
  if (FIXTURES.some((folder) => path.startsWith(folder))) return false
  return path.endsWith('.md') || /^\.github\/.+\.ya?ml$/.test(path)
}

interface Command {
  readonly name: string
  readonly isRun: boolean
}

function commandsIn(text: string): readonly Command[] {
  const found = text.matchAll(/\bpnpm(?:@\d[\d.]*)?( run)? ([a-z][\w:-]*)/g)
  return [...found].map(([, run, name = '']) => ({ name, isRun: run !== undefined }))
}

/** The code of a page, in blocks and within lines: prose may say what pnpm does. */
function codeOf(markdown: string): string {
  const fence = /^( *)(`{3,}|~{3,})[^\n]*\n([\s\S]*?)^\1\2 *$/gm
  const blocks = [...markdown.matchAll(fence)].map(([, , , code]) => code)
  const spans = [...markdown.replace(fence, '').matchAll(/`([^`\n]+)`/g)].map(([, code]) => code)
  return [...blocks, ...spans].join('\n')
}

function withoutComments(yaml: string): string {
  return yaml.replace(/(?:^|\s)#.*$/gm, '')
}
