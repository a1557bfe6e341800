import { type Browser, chromium } from 'playwright-core'
import { program } from './needs.ts'

/** How a test wants it. */
export interface ChromiumOptions {
  /** Names of hosts that lead to this machine, so that a test has several sites. @default none */
  readonly hosts?: readonly string[]
}

/** Starts the machine's Chromium, without a window, with an empty profile of its own and nothing that calls home. */
export function startChromium({ hosts = [] }: ChromiumOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: program('chromium'),
    headless: true,
    args: [
      // As root, whom CI runs tests as, its sandbox does not start. It is shown our own pages only.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--host-resolver-rules=${hosts.map((host) => `MAP ${host} 127.0.0.1`).join(',')}`,
    ],
  })
}
