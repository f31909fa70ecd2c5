/**
 * Calls `watch(true)` when the window is visible, now or later, and `watch(false)` when it is not any more or the
 * returned function is called: watching costs what it measures.
 */
export function watchWhileVisible(watch: (isWatched: boolean) => void): () => void {
  let isWatching = false
  const update = () => {
    const isVisible = document.visibilityState === 'visible'
    if (isVisible === isWatching) return
    isWatching = isVisible
    watch(isVisible)
  }
  document.addEventListener('visibilitychange', update)
  update()
  return () => {
    document.removeEventListener('visibilitychange', update)
    if (isWatching) watch(false)
  }
}
