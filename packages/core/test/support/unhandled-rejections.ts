import { onTestFinished } from 'vitest'

/** Records unhandled rejections until the test has ended, on every platform. */
export function unhandledRejections(): readonly unknown[] {
  const seen: unknown[] = []
  if (typeof process === 'object') {
    const note = (reason: unknown): void => void seen.push(reason)
    process.on('unhandledRejection', note)
    onTestFinished(() => void process.off('unhandledRejection', note))
  } else {
    const note = (event: Event): void => void seen.push(event)
    addEventListener('unhandledrejection', note)
    onTestFinished(() => removeEventListener('unhandledrejection', note))
  }
  return seen
}
