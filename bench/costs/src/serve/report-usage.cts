// For `--require` and a channel: answers each message with the CPU time of this process, and its heap after a collection.
process.channel?.unref()
process.on('message', (what) => {
  if (what === 'heap') globalThis.gc?.()
  const { user, system } = process.cpuUsage()
  process.send?.({ cpu: user + system, heap: process.memoryUsage().heapUsed })
})
