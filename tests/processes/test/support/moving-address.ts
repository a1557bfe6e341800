import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** An address that leads to one server now and to another one later, as that of a service with a failover does. */
export interface MovingAddress extends AsyncDisposable {
  readonly port: number
  /** Leads to another port from now on, and cuts open connections. */
  moveTo(port: number): void
}

export async function movingAddress(first: number): Promise<MovingAddress> {
  let target = first
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    // A connection that breaks is what this is for.
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
  }
  const server = createServer((incoming) => {
    const outgoing = connect(target, '127.0.0.1')
    keep(incoming)
    keep(outgoing)
    incoming.pipe(outgoing).pipe(incoming)
    incoming.once('close', () => outgoing.destroy())
    outgoing.once('close', () => incoming.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    moveTo(port) {
      target = port
      cut()
    },
    async [Symbol.asyncDispose]() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
