/** What is on its way to the outside world: a process with nothing there only waits for time to pass. */
export interface Traffic {
  /** Counts an operation while it runs. */
  readonly during: <T>(operation: () => Promise<T>) => Promise<T>
  /** Takes a wait for time out of the count of the operation that it is part of. */
  readonly except: <T>(wait: () => Promise<T>) => Promise<T>
  /** Resolves when nothing is on its way. */
  readonly quiet: () => Promise<void>
}

// A few turns of the event loop, in which what has just arrived begins whatever comes next.
const TURNS = 4

export function traffic(): Traffic {
  let running = 0
  const waiting = new Set<() => void>()
  const count = (step: number): void => {
    running += step
    if (running > 0) return
    for (const resolve of waiting) resolve()
    waiting.clear()
  }
  const counted = async <T>(step: number, operation: () => Promise<T>): Promise<T> => {
    count(step)
    try {
      return await operation()
    } finally {
      count(-step)
    }
  }
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  return {
    during: (operation) => counted(1, operation),
    except: (wait) => counted(-1, wait),
    async quiet() {
      for (let turns = 0; turns < TURNS; turns += 1) {
        await turn()
        if (running === 0) continue
        // Waits without a busy loop, because the others need the processor.
        await new Promise<void>((resolve) => waiting.add(resolve))
        turns = 0
      }
    },
  }
}
