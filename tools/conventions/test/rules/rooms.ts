import { posix } from 'node:path'
import { importsOf, type Repository, typescriptFiles } from '../repository.ts'

/** A package whose sources are divided into rooms: folders with arrows between them. */
export interface Plan {
  readonly src: string
  /** The rule reads the first text block that contains arrows: `one, another → a third → a fourth`. */
  readonly page: string
  /** A room that may import everything. */
  readonly free?: string
}

export const CORE: Plan = { src: 'packages/core/src', page: 'docs/decisions/core-folders.md', free: 'testing' }
export const COMMAND: Plan = { src: 'packages/cli/src', page: 'docs/command.md' }

const ROOT = 'a file at the root'

/**
 * A room imports only along the arrows that its page draws, for types too: what is behind an arrow, what that may import,
 * and the files at the root. Those import no room, unless an arrow names them: then they are rooms of their own.
 */
export function rooms({ src, page, free }: Plan): (repository: Repository) => readonly string[] {
  return (repository) => {
    const arrows = arrowsOn(page, repository)
    const roomOf = (path: string): string => {
      const [first = '', ...below] = path.slice(src.length + 1).split('/')
      return below.length > 0 || arrows.has(first) ? first : ROOT
    }
    return typescriptFiles(src, repository)
      .filter((file) => roomOf(file) !== free)
      .flatMap((file) => {
        const room = roomOf(file)
        const reachable = reachableFrom(room, arrows)
        return importsOf(file, repository)
          .filter((name) => name.startsWith('.'))
          .map((name) => roomOf(posix.join(posix.dirname(file), name)))
          .filter((target) => target !== ROOT && target !== room && !reachable.has(target))
          .map((target) => `${file} imports ${target}, which ${page} does not let ${room} do.`)
      })
  }
}

/** The rooms of a page, each with those that its arrows lead to. */
export function arrowsOn(page: string, { read }: Repository): ReadonlyMap<string, readonly string[]> {
  const [, drawing = ''] = /^```text\n([^`]*→[^`]*)^```$/m.exec(read(page)) ?? []
  const arrows = new Map<string, string[]>()
  for (const line of drawing.trim().split('\n')) {
    const steps = line.split('→').map((step) => step.split(',').map((room) => room.trim()))
    for (const [index, step] of steps.entries()) {
      for (const room of step) arrows.set(room, [...(arrows.get(room) ?? []), ...(steps[index + 1] ?? [])])
    }
  }
  return arrows
}

function reachableFrom(room: string, arrows: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set<string>()
  const reached = [room]
  for (const one of reached) {
    for (const next of arrows.get(one) ?? []) {
      if (!found.has(next)) reached.push(next)
      found.add(next)
    }
  }
  return found
}
