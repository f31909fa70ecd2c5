// Loaded into every service process by main-hooks.cjs: lets a test make it end by itself, or grow.
const held = []

process.on('SIGUSR2', () => process.exit(0))
process.on('SIGHUP', () => {
  for (let count = 0; count < 20; count += 1) held.push(Buffer.alloc(2 ** 24, held.length + 1))
})
