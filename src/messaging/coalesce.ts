/** Calls `send` soon after the first of many changes, once for all of them. */
export function coalesce(send: () => void): () => void {
  let isPlanned = false
  return () => {
    if (isPlanned) return
    isPlanned = true
    setImmediate(() => {
      isPlanned = false
      send()
    })
  }
}
