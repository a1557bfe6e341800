import type { Plugin } from 'rolldown'

/** An import of `node:process` evaluates every property of `process`, which takes 10 ms. */
export const globalProcess: Plugin = {
  name: 'global process',
  resolveId: (id) => (id === 'node:process' ? '\0process' : undefined),
  load: (id) => (id === '\0process' ? 'module.exports = globalThis.process' : undefined),
}

/** Commander requires `node:child_process`, for subcommands that are programs of their own. Loading it takes 3 ms. */
export const lateChildProcess: Plugin = {
  name: 'late child process',
  resolveId: (id, _, { kind }) => (id === CHILD_PROCESS && kind === 'require-call' ? '\0child-process' : undefined),
  load: (id) =>
    id === '\0child-process'
      ? `exports.spawn = (...args) => process.getBuiltinModule('${CHILD_PROCESS}').spawn(...args)`
      : undefined,
}

const CHILD_PROCESS = 'node:child_process'
