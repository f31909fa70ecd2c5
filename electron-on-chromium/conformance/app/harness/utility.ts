import { type ForkOptions, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron'
import { type CaseContext, within } from '../../registry.ts'
import { utilityPath } from './page.ts'

/** A utility process running fixtures/utility/<name>, killed with the case. */
export function fork(
  t: CaseContext,
  name = 'echo',
  args: readonly string[] = [],
  options: ForkOptions = {},
): UtilityProcess {
  const child = utilityProcess.fork(utilityPath(name), [...args], options)
  let exited = false
  child.once('exit', () => {
    exited = true
  })
  t.defer(() => {
    if (!exited) child.kill()
  })
  return child
}

/** The conversation with a utility process that runs fixtures/utility/echo. */
export interface Worker {
  readonly child: UtilityProcess
  tell(message: object, ports?: MessagePortMain[]): void
  /** The next message that has this key, kept if it has come already. */
  heard(key: string): Promise<Record<string, unknown>>
  /** `tell`, then `heard`. */
  ask(message: object, key: string, ports?: MessagePortMain[]): Promise<Record<string, unknown>>
}

export function startWorker(t: CaseContext, options: ForkOptions = {}, args: readonly string[] = []): Worker {
  const child = fork(t, 'echo', args, options)
  const messages: Record<string, unknown>[] = []
  let notify = (): void => {}
  child.on('message', (message: Record<string, unknown>) => {
    messages.push(message)
    notify()
  })
  const take = (key: string): Record<string, unknown> | undefined => {
    const index = messages.findIndex(message => key in message)
    return index < 0 ? undefined : messages.splice(index, 1)[0]
  }
  const worker: Worker = {
    child,
    tell: (message, ports) => child.postMessage(message, ports),
    heard: key =>
      within(5_000, `no message with "${key}"`, async () => {
        for (;;) {
          const message = take(key)
          if (message) return message
          await new Promise<void>(resolve => {
            const before = notify
            notify = () => {
              before()
              resolve()
            }
          })
        }
      }),
    ask(message, key, ports) {
      worker.tell(message, ports)
      return worker.heard(key)
    },
  }
  return worker
}
