import { useCallback, useEffect, useRef, useState } from 'react'
import { watchWhileVisible } from '../processes/watch-while-visible.ts'

const askIntervalMs = 1_000

/**
 * Asks once a second while the window is visible, the next time only after an answer. `source` is what is asked: another
 * one begins anew. Null until there was an answer; a failure keeps the last one.
 */
export function useAsked<T>(ask: () => Promise<T>, source: unknown): { answer: T | null; again(): void } {
  const [answer, setAnswer] = useState<T | null>(null)
  const latest = useRef(ask)
  useEffect(() => {
    latest.current = ask
  })
  const again = useCallback(() => {
    latest.current().then(setAnswer, () => {})
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another source is asked anew
  useEffect(() => {
    let timer: number | undefined
    let isWanted = false
    const round = async (): Promise<void> => {
      try {
        const found = await latest.current()
        if (isWanted) setAnswer(found)
      } catch {
        // It is asked again.
      }
      if (isWanted) timer = window.setTimeout(() => void round(), askIntervalMs)
    }
    return watchWhileVisible(isWatched => {
      isWanted = isWatched
      window.clearTimeout(timer)
      if (isWatched) void round()
    })
  }, [source])
  return { answer, again }
}
