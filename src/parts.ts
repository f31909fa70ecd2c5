import type { Application } from './application.ts'

/**
 * The parts of main that stand beside the machines: each does what main has to do for one helper process or one kind of
 * data. Made before there is a window; a part looks at the application only when something happens.
 */
export class Parts implements Disposable {
  readonly #opened = new DisposableStack()

  constructor(_application: Application) {}

  [Symbol.dispose](): void {
    this.#opened.dispose()
  }
}
