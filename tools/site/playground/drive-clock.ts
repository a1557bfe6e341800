import type { FakeClock } from '@chaveiro/core/testing'

// A digest is computed outside the event loop, and a store's keys are digests. This many turns are far more than it takes.
const PATIENT_TURNS = 20

/**
 * Lets time pass until the scene has ended, from one timer to the next. While nothing is on its way through the network,
 * the page may still be busy with a digest, so timers of those who wait are not hurried.
 */
export async function driveClock(
  clock: FakeClock,
  network: { readonly isBusy: boolean },
  scene: Promise<void>,
): Promise<void> {
  let hasEnded = false
  const end = (): void => {
    hasEnded = true
  }
  scene.then(end, end)
  for (let idleTurns = 0; !hasEnded; ) {
    await new Promise((resolve) => setTimeout(resolve))
    idleTurns = network.isBusy ? 0 : idleTurns + 1
    const next = clock.nextTimerMs
    if (next === undefined || hasEnded || (!network.isBusy && idleTurns < PATIENT_TURNS)) continue
    await clock.advance(Math.max(next, 0))
    idleTurns = 0
  }
  await scene
}
