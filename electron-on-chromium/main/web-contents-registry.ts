import type { WebContents } from './web-contents.ts'

const byId = new Map<number, WebContents>()
const byTarget = new Map<string, WebContents>()
let lastId = 0
let createdListener: (webContents: WebContents) => void = () => {}

/** Every webContents that lives. */
export const webContentsRegistry = {
  nextId: (): number => ++lastId,
  add(webContents: WebContents): void {
    byId.set(webContents.id, webContents)
  },
  announce(webContents: WebContents): void {
    createdListener(webContents)
  },
  onCreated(listener: (webContents: WebContents) => void): void {
    createdListener = listener
  },
  addTarget(targetId: string, webContents: WebContents): void {
    byTarget.set(targetId, webContents)
  },
  remove(webContents: WebContents): void {
    byId.delete(webContents.id)
    for (const [targetId, each] of byTarget) if (each === webContents) byTarget.delete(targetId)
  },
  fromId: (id: number): WebContents | undefined => byId.get(id),
  fromTarget: (targetId: string): WebContents | undefined => byTarget.get(targetId),
  all: (): WebContents[] => [...byId.values()],
}
