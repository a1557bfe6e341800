/**
 * Checks what a value is by its shape, because `instanceof` is false for an error, a URL or a buffer from another realm
 * (the `vm` context of a test runner, an iframe).
 */
export function hasTag(value: unknown, tag: RegExp): boolean {
  return tag.test(Object.prototype.toString.call(value).slice(8, -1))
}

export function isObject<T>(value: T): value is T & object {
  return typeof value === 'object' && value !== null
}

/** Does it have a method of that name? */
export function hasMethod(value: unknown, name: string): boolean {
  return isObject(value) && typeof Reflect.get(value, name) === 'function'
}

/** Is this an error? A DOMException is one, under a tag of its own. */
export function isError(value: unknown): value is Error {
  return hasTag(value, /^(Error|DOMException)$/)
}

/** Is this an error of that name, for example a `SyntaxError`? */
export function isErrorNamed(value: unknown, name: string): value is Error {
  return isError(value) && value.name === name
}

/** Is this a URL object? */
export function isUrl(value: unknown): value is URL {
  return isObject(value) && 'href' in value
}

export function isBytes(value: unknown): value is Uint8Array {
  return hasTag(value, /^Uint8Array$/)
}

/** Is this a promise, or anything else that can be awaited? */
export function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return isObject(value) && 'then' in value
}
