import type { DevToolsSession } from '../chromium/devtools.ts'

const worldName = 'standin-watcher'

/** A function of the page's world that takes and gives plain values. */
type PageFunction = (...args: never[]) => unknown

/**
 * Calls a function in the main frame of a page, in a world of our own: it sees the document, the page's scripts
 * see neither it nor what it leaves behind in its globals. The function must not refer to anything around it.
 */
export async function evaluateApart(
  session: DevToolsSession,
  pageFunction: PageFunction,
  args: readonly unknown[],
): Promise<unknown> {
  const { executionContextId } = await session.send('Page.createIsolatedWorld', {
    frameId: session.targetId ?? '',
    worldName,
  })
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: `(${pageFunction.toString()})(...${JSON.stringify(args)})`,
    contextId: executionContextId,
    returnByValue: true,
    awaitPromise: true,
  })
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
  return result.value
}
