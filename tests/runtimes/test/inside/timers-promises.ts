/** `node:timers/promises` on every platform: one turn of the event loop. */
export function setImmediate(value?: unknown): Promise<unknown> {
  return new Promise((resolve) => globalThis.setImmediate(resolve, value))
}
