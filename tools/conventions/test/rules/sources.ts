import { type Repository, typescriptFiles } from '../repository.ts'

const MAX_LINES = 300
const MAX_MEDIAN = 100

/** A file holds one idea, so it is short: 300 lines at most, tests included, and half of them under 100. */
export function fileSizes(repository: Repository): readonly string[] {
  const sized = handWritten(repository).map((file) => ({
    file,
    lines: repository.read(file).trimEnd().split('\n').length,
  }))
  const median = sized.map(({ lines }) => lines).sort((one, other) => one - other)[sized.length >> 1] ?? 0
  return [
    ...sized
      .filter(({ lines }) => lines > MAX_LINES)
      .map(({ file, lines }) => `${file} has ${lines} lines. Split it: ${MAX_LINES} are the most.`),
    ...(median < MAX_MEDIAN
      ? []
      : [`Half of the files have ${median} lines or more. Let them be under ${MAX_MEDIAN}.`]),
  ]
}

/** AGENTS.md is read whole before any work begins, so it has 30 lines at most. */
export function agentsPageIsShort(repository: Repository): readonly string[] {
  const lines = repository.read('AGENTS.md').trimEnd().split('\n').length
  return lines <= 30 ? [] : [`AGENTS.md has ${lines} lines. Shorten it: 30 are the most.`]
}

/** Nothing is focused, skipped or left to do; where a server is missing, the one helper says so. */
export function noSkippedTests(repository: Repository): readonly string[] {
  return handWritten(repository)
    .filter((file) => file !== 'tests/servers/src/describe-with.ts')
    .filter((file) => /\b(it|test|describe)\.(only|skip|todo|fails|skipIf|runIf)\(/.test(repository.read(file)))
    .map((file) => `${file} focuses, skips or postpones a test. describeWith of tests/servers may skip.`)
}

function handWritten(repository: Repository): readonly string[] {
  return ['packages', 'tools', 'tests', 'bench', 'examples', 'scripts']
    .flatMap((folder) => typescriptFiles(folder, repository))
    .filter((file) => !file.includes('/generated/') && !file.includes('/test/golden/'))
}
