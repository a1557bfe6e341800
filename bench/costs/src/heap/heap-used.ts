/** Bytes of the heap after a garbage collection. */
export function heapUsed(): number {
  const { gc } = globalThis
  if (gc === undefined) throw new Error('Run with node --expose-gc')
  gc()
  return process.memoryUsage().heapUsed
}
