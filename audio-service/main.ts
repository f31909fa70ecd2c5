/** The audio process. Reads what strangers recorded; reaches neither network nor files. */
import { randomBytes } from 'node:crypto'
import { confine } from '../ipc/entry/confinement.ts'
import { startUtilityEndpoint } from '../ipc/entry/utility.ts'
import { startCodecThread } from './codecs/start-thread.ts'
import { type AudioService, serveAudio } from './service.ts'

confine({ who: 'The audio process', files: 'none', nativeCode: null })

/** Built beside this file. */
const codecThread = new URL('audio-codecs.js', import.meta.url)

let service: AudioService | null = null
const endpoint = await startUtilityEndpoint({
  trim: () => service?.trim(),
  log: ({ level, message, details }) => {
    if (level !== 'debug') console.error(`audio: ${message}`, details ?? '')
  },
})
service = serveAudio({
  endpoint,
  startThread: () => startCodecThread(codecThread),
  randomSerial: () => randomBytes(4).readUInt32LE(),
})
