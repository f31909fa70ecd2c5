import type { WebContents } from 'electron'
import { pageContract } from '../../../contracts/page.ts'
import { serviceContract } from '../../../contracts/service.ts'
import { collectGarbage } from '../../../ipc/entry/collect-garbage.ts'
import { endpointId } from '../../../ipc/identity.ts'
import type { Application } from '../../application.ts'
import type { TabId } from '../../controller/tab-model.ts'
import type { KnownProcess } from '../book/known-process.ts'

/**
 * Asks a process to collect its garbage and to drop what it can get again, each kind by the way that there is to it.
 * Answers false where there is nobody to ask: frames of other sites run no code of ours, and the graphics process takes
 * no orders, so that only what our own pages keep there is given back. Rejects when the process does not answer.
 */
export async function trimProcess(application: Application, process: KnownProcess): Promise<boolean> {
  const { parts, switchboard, window } = application
  switch (process.kind) {
    case 'controller':
      return collectGarbage()
    case 'chrome':
      return collectIn(window.chrome.webContents)
    case 'compositor':
    case 'gpu':
      return parts.compositor.freePictures()
    case 'ai':
    case 'audio':
    case 'network':
    case 'storage': {
      const name = process.id.slice('service:'.length)
      await switchboard.endpoint.client(serviceContract, endpointId(name)).trim({})
      return true
    }
    case 'tab':
      return process.id.startsWith('renderer:') && trimPage(application, process.tabIds)
    case 'engine':
      return false
  }
}

/** Tabs of one process share what is freed: one of them is asked. */
async function trimPage(application: Application, tabIds: readonly string[]): Promise<boolean> {
  const { tabConnections, switchboard, tabs } = application
  for (const tabId of tabIds) {
    const view = tabs.find(tabId as TabId)
    if (view === null) continue
    tabConnections.connect(view)
    await switchboard.endpoint.client(pageContract, endpointId(`tab:${tabId}`)).freeMemory({})
    return true
  }
  return false
}

/** A page of our own has no preload that could be asked; the engine's tools can collect in it. */
async function collectIn(contents: WebContents): Promise<boolean> {
  const { debugger: tools } = contents
  if (contents.isDestroyed() || tools.isAttached()) return false
  tools.attach('1.3')
  try {
    await tools.sendCommand('HeapProfiler.collectGarbage')
    return true
  } finally {
    tools.detach()
  }
}
