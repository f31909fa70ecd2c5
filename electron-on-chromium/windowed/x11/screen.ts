import { XConnection } from './connection.ts'

/** The size in pixels of the screen that DISPLAY names. Rejects with DisplayUnreachableError. */
export async function screenOfDisplay(
  environment: NodeJS.ProcessEnv,
): Promise<{ readonly width: number; readonly height: number }> {
  using connection = await XConnection.open(environment)
  return connection.screenSize
}
