import type { PageActions } from './page-media.ts'

/** As `contextBridge.executeInMainWorld`. */
export type ExecuteInMainWorld = (script: { readonly func: () => unknown }) => unknown

/**
 * Lets the person's "next track" reach the page. The engine tells a page's handlers to nobody, so that they are noted as
 * the page registers them; the page is given nothing that it had not before.
 */
export function noteMediaActions(execute: ExecuteInMainWorld): PageActions {
  let noted: PageActions | null = null
  try {
    const result = execute({ func: noteInPage })
    if (isPageActions(result)) noted = result
  } catch (error) {
    console.debug(error)
  }
  return {
    names: () => noted?.names() ?? [],
    run: name => noted?.run(name) ?? false,
  }
}

/** Runs in the page's own world, before its first script. It must use nothing from outside. */
function noteInPage(): unknown {
  const prototype = globalThis.MediaSession?.prototype
  const native = prototype?.setActionHandler
  if (native === undefined) return null
  const handlers = new Map<string, MediaSessionActionHandler>()
  const { apply } = Reflect
  const { set, delete: remove, get, keys } = Map.prototype
  const { from } = Array
  prototype.setActionHandler = new Proxy(native, {
    apply(target, self, args) {
      const result = apply(target, self, args)
      const [name, handler] = args
      if (typeof handler === 'function') apply(set, handlers, [String(name), handler])
      else apply(remove, handlers, [String(name)])
      return result
    },
  })
  return {
    names: () => from(apply(keys, handlers, [])),
    run: (name: string) => {
      const handler = apply(get, handlers, [name])
      if (typeof handler !== 'function') return false
      handler({ action: name })
      return true
    },
  }
}

function isPageActions(value: unknown): value is PageActions {
  return (
    typeof value === 'object' &&
    value !== null &&
    'names' in value &&
    typeof value.names === 'function' &&
    'run' in value &&
    typeof value.run === 'function'
  )
}
