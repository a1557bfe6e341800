import { Agent, get } from 'node:http'

const CONNECTIONS = 32

/** Sends requests over 32 connections that are kept, and returns how long each took, in milliseconds. */
export async function load(url: string, key: string, count: number): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const headers = { authorization: `Bearer ${key}` }
  const durations: number[] = []
  let left = count
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const startedAt = performance.now()
      get(url, { agent, headers }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`${url} answered with ${response.statusCode}.`))
        response.on('error', reject)
        response.on('end', () => {
          durations.push(performance.now() - startedAt)
          resolve()
        })
        response.resume()
      }).on('error', reject)
    })
  const caller = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      await one()
    }
  }
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, caller))
  } finally {
    agent.destroy()
  }
  return durations
}
