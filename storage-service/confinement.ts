import path from 'node:path'
import { confine as confineProcess } from '../ipc/entry/confinement.ts'
import { salvageFolderPrefix } from './opening/salvage.ts'

/**
 * Takes network, child processes, threads, debugging, native code and all files but those beside its own away from this
 * process, or thread, for good. `databaseFile` lies in its folder, with its copies; a damaged one is read from a copy in a
 * folder of its own among the temporary ones.
 */
export function confine(databaseFile: string): void {
  const folder = path.dirname(path.resolve(databaseFile))
  const isOwn = (file: string): boolean =>
    file === folder || file.startsWith(folder + path.sep) || file.startsWith(salvageFolderPrefix)
  confineProcess({
    who: 'The storage process',
    files: { mayRead: isOwn, mayWrite: isOwn },
    nativeCode: null,
  })
}
