import { type Browser, chromium } from 'playwright-core'
import { program } from './needs.ts'

/** Starts the machine's Chromium, without a window, with an empty profile of its own and nothing that calls home. */
export function startChromium(): Promise<Browser> {
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
    ],
  })
}
