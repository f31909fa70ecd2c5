import type { Net, Protocol, Session } from 'electron'
import { UnsupportedApiError } from '../platform/unsupported.ts'

// What Electron has and the stand-in has not. Together with what is made it must be everything that Electron declares:
// `types-check.ts` sees to it.

export const unmadeSessionMembers = [
  'addWordToSpellCheckerDictionary',
  'allowNTLMCredentialsForDomains',
  'availableSpellCheckerLanguages',
  'clearCodeCaches',
  'clearSharedDictionaryCache',
  'clearSharedDictionaryCacheForIsolationKey',
  'createInterruptedDownload',
  'disableNetworkEmulation',
  'enableNetworkEmulation',
  'extensions',
  'getAllExtensions',
  'getBlobData',
  'getExtension',
  'getSharedDictionaryInfo',
  'getSharedDictionaryUsageInfo',
  'getSpellCheckerLanguages',
  'listWordsInSpellCheckerDictionary',
  'loadExtension',
  'netLog',
  'registerLocalAIHandler',
  'removeExtension',
  'removeWordFromSpellCheckerDictionary',
  'setBluetoothPairingHandler',
  'setCodeCachePath',
  'setDisplayMediaRequestHandler',
  'setSpellCheckerDictionaryDownloadURL',
  'setSpellCheckerEnabled',
  'setSpellCheckerLanguages',
  'setSSLConfig',
  'setUSBProtectedClassesHandler',
  'spellCheckerEnabled',
] as const satisfies readonly (keyof Session)[]

export const unmadeProtocolMembers = [
  'interceptBufferProtocol',
  'interceptFileProtocol',
  'interceptHttpProtocol',
  'interceptStreamProtocol',
  'interceptStringProtocol',
  'isProtocolIntercepted',
  'isProtocolRegistered',
  'registerBufferProtocol',
  'registerFileProtocol',
  'registerHttpProtocol',
  'registerSource',
  'registerStreamProtocol',
  'registerStringProtocol',
  'uninterceptProtocol',
  'unregisterProtocol',
] as const satisfies readonly (keyof Protocol)[]

export const unmadeNetMembers = ['WebSocket'] as const satisfies readonly (keyof Net)[]

/** Makes every use of such a member throw an error that names it. */
export function defineUnmade(target: object, api: string, members: readonly string[]): void {
  for (const member of members)
    Object.defineProperty(target, member, {
      configurable: true,
      get(): never {
        throw new UnsupportedApiError(`${api}.${member}`, 'the stand-in does not make it')
      },
    })
}
