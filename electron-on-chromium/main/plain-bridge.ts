import type { PageBridge, PageBridgeOptions } from './page-bridge.ts'

/** A page without a bridge: scripts can be run in it, and nothing can be sent. */
export function attachPlainBridge({ session }: PageBridgeOptions): PageBridge {
  return {
    send: () => {},
    postMessage: () => {},
    attachFrame: () => {},
    dispose: () => {},
    async executeJavaScript(code, options) {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression: code,
        awaitPromise: true,
        returnByValue: true,
        userGesture: options.hasUserGesture,
      })
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
      return result.value
    },
  }
}
