import { useSyncExternalStore } from 'react'
import type { BrowserLink } from '../system/browser-link.ts'
import { FilePlayer, type PlayerState } from './file-player.ts'

interface Held {
  readonly player: FilePlayer
  state: PlayerState
  readonly listeners: Set<() => void>
}

/** One player a window: what it plays goes on when the page that began it is closed. */
const players = new WeakMap<BrowserLink, Held>()

export function useFilePlayer(link: BrowserLink): {
  readonly player: FilePlayer
  readonly state: PlayerState
} {
  const held = playerOf(link)
  const state = useSyncExternalStore(
    listener => {
      held.listeners.add(listener)
      return () => held.listeners.delete(listener)
    },
    () => held.state,
  )
  return { player: held.player, state }
}

function playerOf(link: BrowserLink): Held {
  const known = players.get(link)
  if (known !== undefined) return known
  const held: Held = {
    player: new FilePlayer(link.area('media'), state => {
      held.state = state
      for (const listener of held.listeners) listener()
    }),
    state: 'silent',
    listeners: new Set(),
  }
  players.set(link, held)
  return held
}
