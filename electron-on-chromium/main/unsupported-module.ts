import { UnsupportedApiError } from '../platform/unsupported.ts'

/** Asked for by tools that look at any object; answering them is no use of the API. */
const harmless = new Set<string | symbol>([
  'then',
  'default',
  '__esModule',
  'toJSON',
  'constructor',
  'prototype',
  'length',
  'name',
  '$$typeof',
  'inspect',
  'asymmetricMatch',
  'nodeType',
])

/** Stands for a module of Electron that is not made here: any use of it throws an error that names it. */
export function unsupportedModule(name: string, reason: string): never {
  const fail = (member: string): never => {
    throw new UnsupportedApiError(member, reason)
  }
  const target = function unsupportedElectronModule(): void {}
  return new Proxy(target, {
    get(_target, member) {
      if (typeof member === 'symbol' || harmless.has(member)) return undefined
      return fail(`${name}.${member}`)
    },
    apply: () => fail(name),
    construct: () => fail(`new ${name}`),
  }) as never
}

/** The module as `require` gives it: a name that Electron does not have throws, naming it. */
export function strictModule<M extends object>(members: M): M {
  return new Proxy(members, {
    get(target, name, receiver) {
      if (typeof name === 'symbol' || name in target || harmless.has(name))
        return Reflect.get(target, name, receiver)
      throw new UnsupportedApiError(`electron.${name}`, 'Electron does not export it to this kind of process')
    },
  })
}
