/** The module `electron` inside a utility process. Electron offers `net` and `systemPreferences` there. */
import { UnsupportedApiError } from '../../platform/unsupported.ts'

function missing(name: string): object {
  const refuse = (member: string): never => {
    throw new UnsupportedApiError(`${name}${member} in a utility process`, 'it is not made yet')
  }
  return new Proxy(
    {},
    {
      get: (_target, key) => (typeof key === 'symbol' ? undefined : refuse(`.${key}`)),
    },
  )
}

export const net = missing('net')
export const systemPreferences = missing('systemPreferences')

const electron = { net, systemPreferences }
export default electron
export { electron as 'module.exports' }
