import type { AreaContract, AreaName } from '../../contracts/areas.ts'
import type { browserContract, WindowState } from '../../contracts/browser.ts'
import type { MessageTraffic } from '../../contracts/messages.ts'
import type { ProcessTree } from '../../contracts/processes.ts'
import type { Client } from '../../ipc/client.ts'
import type { ArgsOf, PayloadOf, ResultOf } from '../../ipc/contract.ts'

type Methods = (typeof browserContract)['methods']
export type BrowserMethod = keyof Methods
export type BrowserArgs<M extends BrowserMethod> = ArgsOf<Methods[M]>
export type BrowserResult<M extends BrowserMethod> = ResultOf<Methods[M]>
/** A shortcut that was pressed while a page had the focus. */
export type PageShortcut = PayloadOf<(typeof browserContract)['events']['shortcut']>

/** What the UI knows of the controller at this moment. */
export type LinkSnapshot =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected'; readonly state: WindowState }
  /** The controller cannot be reached any more; nothing the person does here has an effect. */
  | { readonly kind: 'lost'; readonly reason: string }

/**
 * The one way out of the chrome UI. The state arrives whole and is kept nowhere else; what a person asks for goes out as
 * an intent, and what came of it shows in the next state.
 */
export interface BrowserLink {
  /** The same object until something changed. */
  snapshot(): LinkSnapshot
  /** Calls `listener` after each change of the snapshot, until the returned function is called. */
  subscribe(listener: () => void): () => void
  /** Rejects when the controller refused the intent, did not answer in time or is gone. */
  call<M extends BrowserMethod>(method: M, args: BrowserArgs<M>): Promise<BrowserResult<M>>
  /**
   * One area of the controller, by its contract; calls reject as those of `call` do. Throws CONTROLLER_LOST while there
   * is no controller.
   */
  area<A extends AreaName>(name: A): Client<AreaContract<A>>
  onShortcut(listener: (shortcut: PageShortcut) => void): () => void
  /** Samples come only between the `watchProcesses` and `unwatchProcesses` calls. */
  onProcesses(listener: (tree: ProcessTree) => void): () => void
  /** Samples come only between the `watchMessages` and `unwatchMessages` calls. */
  onMessages(listener: (traffic: MessageTraffic) => void): () => void
}
