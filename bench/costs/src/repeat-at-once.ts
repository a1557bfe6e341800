/** Sends that many requests, so many at once, and reads each answer whole. */
export async function repeatAtOnce(times: number, atOnce: number, send: () => Promise<Response>): Promise<void> {
  const work = async (): Promise<void> => {
    for (let count = 0; count < times / atOnce; count += 1) {
      const response = await send()
      await response.arrayBuffer()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}
