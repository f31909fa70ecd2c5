/** The audio process as main starts it, but forked by Node: confined, with its codecs in the thread beside it. */

import { startCodecThread } from '../../../audio-service/codecs/start-thread.ts'
import { serveAudio } from '../../../audio-service/service.ts'
import { createEndpoint } from '../../../ipc/endpoint.ts'
import { confine } from '../../../ipc/entry/confinement.ts'
import { identity } from '../../../ipc/identity.ts'
import { type ForkChannel, forkPort } from '../../../ipc/transports/process-channel.ts'

confine({ who: 'The audio process', files: 'none', nativeCode: null })

const program = new URL('audio-codecs.js', import.meta.url)
const endpoint = createEndpoint({ identity: identity('audio', 'audio') })
serveAudio({ endpoint, startThread: () => startCodecThread(program), randomSerial: () => 1 })
// Node gives `send` to a process that was forked, as this one was.
endpoint.connect(forkPort(process as ForkChannel), identity('controller', 'controller'))
process.on('disconnect', () => process.exit(0))
