import type { DevToolsSession, Protocol } from '../chromium/devtools.ts'
import { notCloneable } from './codec.ts'
import { incomplete, readDeepValue } from './deep-value.ts'
import { nodeCodec } from './node-codec.ts'
import { encodeThisFunction } from './page-scripts.ts'

type RemoteObject = Protocol.Runtime.RemoteObject

export interface RunScriptOptions {
  /** null: the page's own world in the session's main frame. */
  readonly contextId: number | null
  readonly hasUserGesture: boolean
}

const scriptFailed =
  'Script failed to execute, this normally means an error was thrown. Check the renderer console for the error.'

/**
 * Runs code and gives a structured clone of what it evaluates to; a promise is awaited. Rejects as Electron does:
 * with a fixed message when the code throws, with what a promise was rejected with.
 */
export async function runScript(
  session: DevToolsSession,
  code: string,
  options: RunScriptOptions,
): Promise<unknown> {
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: code,
    awaitPromise: true,
    serializationOptions: { serialization: 'deep' },
    userGesture: options.hasUserGesture,
    ...(options.contextId === null ? {} : { contextId: options.contextId }),
  })
  if (!exceptionDetails) return remoteValue(session, result)
  const { exception, text } = exceptionDetails
  if (!text.includes('in promise') || !exception) throw new Error(scriptFailed)
  throw await reasonOf(session, exception)
}

async function remoteValue(session: DevToolsSession, object: RemoteObject): Promise<unknown> {
  switch (object.type) {
    case 'undefined':
      return undefined
    case 'string':
    case 'boolean':
      return object.value
    case 'number':
      return object.unserializableValue === undefined ? object.value : Number(object.unserializableValue)
    case 'bigint':
      return BigInt((object.unserializableValue ?? '0').replace(/n$/, ''))
    case 'object':
      return object.subtype === 'null' ? null : objectValue(session, object)
    default:
      throw notCloneable()
  }
}

/**
 * The engine's own serialization runs none of the page's code, so a page that has replaced its built-ins cannot
 * disturb it. It knows no errors and no bytes: these the page encodes itself, and may spoil the copy for itself.
 */
async function objectValue(session: DevToolsSession, object: RemoteObject): Promise<unknown> {
  const value = object.deepSerializedValue ? readDeepValue(object.deepSerializedValue) : incomplete
  if (value === incomplete) return cloneOf(session, object)
  if (object.objectId) session.send('Runtime.releaseObject', { objectId: object.objectId }).catch(() => {})
  return value
}

async function cloneOf(session: DevToolsSession, { objectId }: RemoteObject): Promise<unknown> {
  if (!objectId) throw notCloneable()
  try {
    const { result, exceptionDetails } = await session.send('Runtime.callFunctionOn', {
      functionDeclaration: encodeThisFunction(),
      objectId,
      returnByValue: true,
    })
    if (exceptionDetails || typeof result.value !== 'string') throw notCloneable()
    return nodeCodec.decode(JSON.parse(result.value))
  } finally {
    session.send('Runtime.releaseObject', { objectId }).catch(() => {})
  }
}

async function reasonOf(session: DevToolsSession, exception: RemoteObject): Promise<unknown> {
  try {
    return await remoteValue(session, exception)
  } catch {
    return new Error(exception.description ?? scriptFailed)
  }
}
