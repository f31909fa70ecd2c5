import { systemClock } from '../../../ipc/clock.ts'
import { NetworkCore } from '../../../network-service/network-core.ts'

/** The proxy in a process that can be killed. */
const [, , secret = '', port = '0'] = process.argv
const core = new NetworkCore({ clock: systemClock })
process.send?.({ port: await core.open(secret, port === '0' ? null : Number(port)) })
process.once('disconnect', () => process.exit(0))
