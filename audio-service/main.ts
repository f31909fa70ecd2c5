import { startUtilityEndpoint } from '../ipc/entry/utility.ts'

/** The audio process. */
await startUtilityEndpoint({
  log: ({ level, message, details }) => {
    if (level !== 'debug') console.error(`audio: ${message}`, details ?? '')
  },
})
