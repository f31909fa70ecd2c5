import { birpc } from './birpc.ts'
import { comlink } from './comlink.ts'
import type { Contestant } from './contestant.ts'
import { electronDirectIpc } from './electron-direct-ipc.ts'
import { nexus, nexusOneByOne } from './nexus.ts'
import { raw, rawWithPromises } from './raw.ts'
import { rawBytes } from './raw-bytes.ts'
import { tipc } from './tipc.ts'
import { vscodeJsonrpc } from './vscode-jsonrpc.ts'

/** What Nexus is compared with. */
export const peers = [birpc, comlink, vscodeJsonrpc, tipc, electronDirectIpc]

const all: readonly Contestant[] = [raw, rawWithPromises, rawBytes, nexus, nexusOneByOne, ...peers]

export function contestantNamed(name: string): Contestant {
  const found = all.find(contestant => contestant.name === name)
  if (found === undefined) throw new RangeError(`No contestant is called ${name}`)
  return found
}
