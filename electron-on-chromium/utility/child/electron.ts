/** The module `electron` inside a utility process. Electron offers `net` and `systemPreferences` there. */
import { UnsupportedApiError } from '../../platform/unsupported.ts'

function partial(name: string, members: Readonly<Record<string, unknown>>): object {
  const refuse = (member: string): never => {
    throw new UnsupportedApiError(`${name}${member} in a utility process`, 'it is not made yet')
  }
  return new Proxy(
    {},
    {
      get: (_target, key) => {
        if (typeof key === 'symbol') return undefined
        return Object.hasOwn(members, key) ? members[key] : refuse(`.${key}`)
      },
    },
  )
}

// Node's own fetch: the network of the machine, no session's cache, cookies or proxy.
export const net = partial('net', { fetch: globalThis.fetch, isOnline: () => true, online: true })
export const systemPreferences = partial('systemPreferences', {})

const electron = { net, systemPreferences }
export default electron
export { electron as 'module.exports' }
