// The downloads of the network process in a process of their own, without Electron: started and killed by the chaos test.
import { Agent } from 'undici'
import { createEndpoint } from '../../../ipc/endpoint.ts'
import { identity } from '../../../ipc/identity.ts'
import { forkPort } from '../../../ipc/transports/process-channel.ts'
import { serveDownloads } from '../../../network-service/downloads/serve.ts'

const endpoint = createEndpoint({ identity: identity('network', 'network') })
serveDownloads(endpoint, new Agent())
endpoint.connect(forkPort(process), identity('controller', 'controller'))
