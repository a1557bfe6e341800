import type { IncomingMessage } from 'node:http'

/** Each value of a header, as often as it was sent; `undefined`: it wasn't. `name` is in lower case. */
export function headerValues({ rawHeaders }: IncomingMessage, name: string): readonly string[] | undefined {
  let values: string[] | undefined
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const given = rawHeaders[at]
    if (given?.length !== name.length || given.toLowerCase() !== name) continue
    values ??= []
    values.push(rawHeaders[at + 1] ?? '')
  }
  return values
}
