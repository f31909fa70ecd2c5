import { startUtilityEndpoint } from '../ipc/entry/utility.ts'

/** The network process. */
await startUtilityEndpoint({
  log: ({ level, message, details }) => {
    if (level !== 'debug') console.error(`network: ${message}`, details ?? '')
  },
})
