import { parseYaml } from '@redocly/openapi-core'
import type { Repository } from '../repository.ts'
import { isRecord, type JsonRecord, recordOf } from './json-record.ts'

/** A workflow as far as the rules look into it. */
interface Workflow {
  readonly path: string
  readonly text: string
  readonly permissions: unknown
  readonly jobs: readonly Job[]
}

interface Job {
  readonly name: string
  readonly definition: JsonRecord
  readonly steps: readonly JsonRecord[]
}

// A tag can be moved to another commit, a commit cannot. The comment tells people and the bot which release it is.
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/
const RELEASE = / # v\d+\.\d+\.\d+$/

/** Every workflow is YAML with jobs. */
export function readableWorkflows(repository: Repository): readonly string[] {
  return workflowFiles(repository).flatMap((path) => {
    try {
      return readWorkflow(repository, path).jobs.length > 0 ? [] : [`${path} has no jobs.`]
    } catch {
      return [`${path} can't be parsed as YAML.`]
    }
  })
}

/** Actions of others are pinned to a commit, with their release in a comment. */
export function pinnedActions(repository: Repository): readonly string[] {
  return workflows(repository).flatMap(({ path, text, jobs }) =>
    [...new Set(jobs.flatMap(usesOf))].flatMap((uses) => {
      if (uses.startsWith('./')) return []
      if (!PINNED.test(uses)) return [`${path}: ${uses} is not pinned. Write the 40 digits of a commit, and # vX.Y.Z.`]
      const lines = text.split('\n').filter((line) => line.includes(uses))
      return lines.every((line) => RELEASE.test(line)) ? [] : [`${path}: name the release of ${uses} as # vX.Y.Z.`]
    }),
  )
}

/** By default a workflow only reads; a job that writes says next to each scope what for. */
export function leastPermissions(repository: Repository): readonly string[] {
  return workflows(repository).flatMap(({ path, text, permissions, jobs }) => {
    const isLeast = isRecord(permissions) && Object.values(permissions).every((access) => access !== 'write')
    const broad = jobs.filter(({ definition }) => typeof definition['permissions'] === 'string')
    const unexplained = text.split('\n').filter((line) => /^\s+[\w-]+:\s+write\s*$/.test(line))
    return [
      ...(isLeast
        ? []
        : [`${path}: the workflow's permissions have to be a list without write. Jobs may ask for more.`]),
      ...broad.map(
        ({ name }) => `${path}: the job ${name} asks for ${String(permissionsOf(jobs, name))}. List scopes.`,
      ),
      ...unexplained.map((line) => `${path}: "${line.trim()}" needs a comment that says what for.`),
    ]
  })
}

/** A checkout leaves no credentials behind, where every later step would find them. */
export function noPersistedCredentials(repository: Repository): readonly string[] {
  return workflows(repository).flatMap(({ path, jobs }) =>
    jobs
      .filter(({ steps }) => steps.some((step) => isCheckout(step) && inputOf(step, 'persist-credentials') !== false))
      .map(({ name }) => `${path}: a checkout of the job ${name} has to say persist-credentials: false.`),
  )
}

/** A job that hangs ends long before the six hours that are GitHub's default. */
export function jobTimeouts(repository: Repository): readonly string[] {
  return workflows(repository).flatMap(({ path, jobs }) =>
    jobs
      // A job that calls another workflow cannot have one; the jobs in there can.
      .filter(({ definition }) => definition['uses'] === undefined)
      .filter(({ definition }) => !isShort(definition['timeout-minutes']))
      .map(({ name }) => `${path}: the job ${name} needs timeout-minutes, at most 60.`),
  )
}

/** The paths of all workflows. */
export function workflowFiles({ files }: Repository): readonly string[] {
  return files.filter((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path))
}

function workflows(repository: Repository): readonly Workflow[] {
  return workflowFiles(repository).map((path) => readWorkflow(repository, path))
}

function readWorkflow(repository: Repository, path: string): Workflow {
  const text = repository.read(path)
  const document = recordOf(parseYaml(text))
  const jobs = Object.entries(recordOf(document['jobs'])).map(([name, value]): Job => {
    const definition = recordOf(value)
    const steps: unknown = definition['steps']
    return { name, definition, steps: Array.isArray(steps) ? steps.map(recordOf) : [] }
  })
  return { path, text, permissions: document['permissions'], jobs }
}

function usesOf({ definition, steps }: Job): readonly string[] {
  return [definition, ...steps].flatMap(({ uses }) => (typeof uses === 'string' ? [uses] : []))
}

function permissionsOf(jobs: readonly Job[], name: string): unknown {
  return jobs.find((job) => job.name === name)?.definition['permissions']
}

function isCheckout({ uses }: JsonRecord): boolean {
  return typeof uses === 'string' && uses.startsWith('actions/checkout@')
}

function inputOf(step: JsonRecord, name: string): unknown {
  return recordOf(step['with'])[name]
}

function isShort(minutes: unknown): boolean {
  return typeof minutes === 'number' && minutes <= 60
}
