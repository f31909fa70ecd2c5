import { confine as confineProcess } from '../ipc/entry/confinement.ts'

/** Takes network, child processes, threads, debugging and native code away from this process, or thread, for good. */
export function confine(): void {
  confineProcess({ who: 'The storage process', files: 'all', nativeCode: null })
}
