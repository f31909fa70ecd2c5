import type { SessionTab } from '../../contracts/storage-sessions.ts'

/** An open tab for tests. */
export function sessionTab(id: string, rest: Partial<SessionTab> = {}): SessionTab {
  return {
    id,
    windowId: 'main',
    groupId: null,
    url: `https://${id}.example/`,
    title: id,
    position: 0,
    isActive: false,
    isPinned: false,
    isMuted: false,
    scroll: { x: 0, y: 0 },
    visited: [],
    visitedIndex: 0,
    activeAt: 0,
    ...rest,
  }
}
