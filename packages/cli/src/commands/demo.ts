import { demoProvider } from '../demo/provider-demo.ts'
import { demoSimulated } from '../demo/simulated-demo.ts'
import type { PlaceOptions } from '../providers/gather-place.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'

/** `chaveiro demo`: on simulated providers, or on a real one. */
export async function demo(session: Session, provider: string | undefined, options: PlaceOptions): Promise<number> {
  const { server } = options
  if (provider === undefined && server !== undefined) {
    throw new Failure(EXIT.usage, 'usage', session.texts.messages.demoServer(server))
  }
  const isFine = provider === undefined ? await demoSimulated(session) : await demoProvider(session, provider, options)
  return isFine ? EXIT.done : EXIT.failed
}
