import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { demoProvider } from './demo/provider-demo.ts'
import { demoSimulated } from './demo/simulated-demo.ts'
import { providers } from './providers.ts'

const { version } = manifest()

/** The commands, their arguments and their help. */
export function program(): Command {
  const root = new Command('chaveiro')
    .description('Valid access tokens for shells, scripts and people.')
    .version(version, '-v, --version', 'print the version')
    .exitOverride()
  root
    .command('demo')
    .description('Show what a token source does: on a simulated provider, or on a real one.')
    .argument(
      '[provider]',
      `a real provider, with its credentials in the environment: ${Object.keys(providers).join(', ')}`,
    )
    .option('--server <name or URL>', 'the server of the real provider')
    .addHelpText('after', EXAMPLES)
    .action(async (provider: string | undefined, { server }: { server?: string }) => {
      const passed =
        provider === undefined
          ? await demoSimulated(process.stdout)
          : await demoProvider(provider, server, process.env, process.stdout)
      if (!passed) process.exitCode = 1
    })
  return root
}

const EXAMPLES = `
Examples:
  chaveiro demo                             everything on this machine, no credentials needed
  chaveiro demo bitize --server test        with BITIZE_CONSUMER_KEY and BITIZE_SECRET_KEY in the environment`

// Read, not imported: a JSON import would move the compiler's root folder, and with it every emitted path.
function manifest(): { version: string } {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
}
