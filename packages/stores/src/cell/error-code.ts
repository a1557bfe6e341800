/** The code of an error. Read by shape, because in a `vm` context an error of Node is of another realm. */
export function errorCode(error: unknown): string | undefined {
  return textProperty(error, 'code')
}

/** `TimeoutError`; drivers' classes rarely set the property `name`. */
export function className(error: unknown): string | undefined {
  const maker: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'constructor') : undefined
  return typeof maker === 'function' && /^[A-Za-z]\w{0,59}$/.test(maker.name) ? maker.name : undefined
}

/** One of an error's texts. */
export function textProperty(error: unknown, name: 'code' | 'message'): string | undefined {
  const value: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined
  return typeof value === 'string' ? value : undefined
}
