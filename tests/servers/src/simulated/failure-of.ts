/** Code and sentence of a failure, which there has to be. */
export async function failureOf(promise: Promise<unknown>): Promise<{ code: unknown; message: string }> {
  const error: unknown = await promise.then(
    () => new Error('It succeeded.'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Error && 'code' in error)) throw error
  return { code: error.code, message: error.message }
}
