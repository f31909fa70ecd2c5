/**
 * Evaluated in a page of ours at each end of the clipboard: the compositor page has the screen's, a page that
 * nobody sees has the one that the views share. No module, so that it can be evaluated as it stands.
 */
;(() => {
  type Contents = Record<string, string>
  const scope = globalThis as typeof globalThis & {
    __clipboardChanged: (nothing: string) => void
    __readClipboard: () => Promise<Contents | null>
    __writeClipboard: (contents: Contents) => Promise<boolean>
  }
  const types = ['text/plain', 'text/html', 'image/png']

  const encode = async (blob: Blob): Promise<string> => {
    const bytes = new Uint8Array(await blob.arrayBuffer())
    let text = ''
    const step = 0x8000
    for (let start = 0; start < bytes.length; start += step)
      text += String.fromCharCode(...bytes.subarray(start, start + step))
    return btoa(text)
  }

  const decode = (text: string, type: string): Blob =>
    new Blob([Uint8Array.from(atob(text), character => character.charCodeAt(0))], { type })

  // null: this end may not be read now, as when its window has not the keyboard.
  scope.__readClipboard = async () => {
    try {
      const contents: Contents = {}
      for (const item of await navigator.clipboard.read())
        for (const type of item.types)
          if (types.includes(type)) contents[type] = await encode(await item.getType(type))
      return contents
    } catch {
      return null
    }
  }

  scope.__writeClipboard = async contents => {
    try {
      const blobs = Object.entries(contents).map(([type, text]) => [type, decode(text, type)] as const)
      if (blobs.length > 0) await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))])
      return true
    } catch {
      return false
    }
  }

  navigator.clipboard.addEventListener('clipboardchange', () => scope.__clipboardChanged(''))
})()
