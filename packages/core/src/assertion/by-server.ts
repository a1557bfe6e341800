/**
 * The value for the server that was chosen, such as the audience of an assertion. A proxy or a test server, which is given
 * as a URL, gets the value of the first one.
 */
export function byServer<Name extends string, Value>(
  server: Name | URL,
  values: Readonly<Record<Name, Value>>,
): Value | undefined {
  return typeof server === 'string' ? values[server] : Object.values<Value>(values)[0]
}
