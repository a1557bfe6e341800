// Tests wait for a turn of the event loop with Node's `setImmediate`; the packages do not use it. Elsewhere a turn is a
// timer: in workerd a message lets neither timers nor I/O pass, and in Chromium the body of a request in memory may take
// longer than a message. A timer set by a timer would last 4 ms there; one set by a message does not.
// Node 20 has no navigator.
const DELAY_MS = globalThis.navigator?.userAgent === 'Cloudflare-Workers' ? 0 : 2

function byTimer(callback: (...args: unknown[]) => void, ...args: unknown[]): void {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    setTimeout(callback, DELAY_MS, ...args)
  }
  port2.postMessage(undefined)
}

if (!('setImmediate' in globalThis)) Object.assign(globalThis, { setImmediate: byTimer })
