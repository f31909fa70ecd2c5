import { mostStoredCharacters, mostStoredItems, type StoredItem } from '../../contracts/page-state.ts'

/** What the page keeps for as long as its tab is open; null where that is more than would be kept. */
export function storedOf(window: { readonly sessionStorage: Storage }): StoredItem[] | null {
  try {
    const { sessionStorage } = window
    if (sessionStorage.length > mostStoredItems) return null
    const items: StoredItem[] = []
    let room = mostStoredCharacters
    for (let index = 0; index < sessionStorage.length; index += 1) {
      const key = sessionStorage.key(index) ?? ''
      const value = sessionStorage.getItem(key) ?? ''
      room -= key.length + value.length
      if (room < 0) return null
      items.push({ key, value })
    }
    return items
  } catch {
    // A page without an origin of its own has none.
    return []
  }
}
