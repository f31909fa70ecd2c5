import { type Appearance, compositorContract, type Frame } from '../../contracts/compositor.ts'
import { createEndpoint } from '../../ipc/endpoint.ts'
import { identity } from '../../ipc/identity.ts'
import { domPort } from '../../ipc/transports/dom-port.ts'
import { makeClip } from './sample-clip.ts'
import { sampleFrame } from './sample-frames.ts'
import { designTabs, manyTabs, sampleMap } from './sample-tabs.ts'
import './workbench.ts'

const controller = identity('controller', 'controller')
const compositor = identity('compositor', 'compositor')
const query = new URLSearchParams(location.search)

await import('../main.ts')
const { port1, port2 } = new MessageChannel()
const endpoint = createEndpoint({ identity: controller })
endpoint.connect(domPort(port1), compositor)
const client = endpoint.client(compositorContract, compositor.id)
const events: { name: string; payload: unknown }[] = []
const frames = new Map<string, Frame>()
for (const name of Object.keys(compositorContract.events) as (keyof typeof compositorContract.events)[])
  client.on(name, payload => events.push({ name, payload }))
client.on('framesWanted', ({ tabIds }) => {
  for (const tabId of tabIds) {
    const frame = frames.get(tabId)
    if (frame !== undefined) void client.putFrame(frame)
  }
})
window.workbench = {
  client,
  events,
  frames,
  makeClip,
  tabs: designTabs,
  async show(count) {
    const tabs = count === 'design' ? designTabs : manyTabs(count)
    window.workbench.tabs = tabs
    for (const [index, { id }] of tabs.tabs.entries()) frames.set(id, await sampleFrame(id, index))
    await client.setTabs(tabs)
    for (const frame of frames.values()) await client.putFrame(frame)
    await client.open({ surface: 'overview', query: '' })
  },
  async showMap(count) {
    await client.setMap(sampleMap(count))
    await client.open({ surface: 'map', query: '' })
  },
}
window.postMessage(
  { kind: 'nexus/introduction', peer: controller, channel: 1, self: compositor },
  location.origin,
  [port2],
)
const theme = query.get('theme')
const graphics = query.get('graphics')
const appearance: Appearance = {
  theme: theme === 'dark' || theme === 'light' ? theme : 'system',
  graphics: graphics === 'software' || graphics === 'webgl2' ? graphics : 'automatic',
}
await client.setAppearance(appearance)
const tabs = query.get('tabs')
if (query.get('surface') === 'map') await window.workbench.showMap(Number(query.get('points') ?? 300))
else if (tabs !== null) await window.workbench.show(tabs === 'design' ? 'design' : Number(tabs))
