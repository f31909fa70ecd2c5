import type { compositorContract, Frame } from '../../contracts/compositor.ts'
import type { OverviewTabs } from '../../contracts/overview-scene.ts'
import type { Client } from '../../ipc/client.ts'

/** The made-up controller, for tests and for looking: `?tabs=60&theme=dark&graphics=software&surface=map`. */
export interface Workbench {
  readonly client: Client<typeof compositorContract>
  /** What the compositor announced, oldest first. */
  readonly events: { readonly name: string; readonly payload: unknown }[]
  /** Given again when they are wanted. */
  readonly frames: Map<string, Frame>
  /** A small clip that the browser encodes itself: so many frames of one colour each. */
  makeClip(
    frames: number,
  ): Promise<{ codec: string; chunks: { isKey: boolean; timestampMicros: number; bytes: Uint8Array }[] }>
  /** Those shown last. */
  tabs: OverviewTabs
  show(count: number | 'design'): Promise<void>
  showMap(count: number): Promise<void>
}

declare global {
  interface Window {
    workbench: Workbench
  }
}
