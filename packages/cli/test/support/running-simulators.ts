import { once } from 'node:events'
import type { CalledCommand } from './called-command.ts'
import { newHome } from './home.ts'

/** `chaveiro simulate`, called in this process, and what it prints. */
export interface CalledSimulate {
  readonly called: CalledCommand
  /** Everything printed so far, once it matches. */
  readonly until: (pattern: RegExp) => Promise<string>
  /** The address that was printed for a provider. */
  readonly address: (provider: string) => Promise<URL>
}

export function callSimulate(words: readonly string[]): CalledSimulate {
  const called = newHome().call(['simulate', ...words])
  let printed = ''
  called.stdout.on('data', (chunk) => {
    printed += String(chunk)
  })
  const until = async (pattern: RegExp): Promise<string> => {
    while (!pattern.test(printed)) await once(called.stdout, 'data')
    return printed
  }
  return {
    called,
    until,
    async address(provider) {
      const pattern = new RegExp(`login ${provider} --account simulated --server (\\S+)`)
      return new URL(pattern.exec(await until(pattern))?.[1] ?? '')
    },
  }
}
