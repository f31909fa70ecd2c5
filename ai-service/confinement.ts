import path from 'node:path'
import { confine as confineProcess } from '../ipc/entry/confinement.ts'

/** The code of the runtime of the models, which is loaded by their first use. */
const runtime = /[\\/]node_modules[\\/]onnxruntime-(node|common)[\\/]/
const runtimeLibrary =
  /[\\/]onnxruntime-node[\\/]bin[\\/]napi-v\d+[\\/][\w\\/]+[\\/]onnxruntime_binding\.node$/

/**
 * Takes from this process what it never needs: it reads text from untrusted pages. Of all files it keeps reading those
 * of its models.
 */
export function confine(modelsFolder: string): void {
  const folder = path.resolve(modelsFolder)
  confineProcess({
    who: 'The AI process',
    files: {
      mayRead: file => file === folder || file.startsWith(folder + path.sep) || runtime.test(file),
      mayWrite: () => false,
    },
    nativeCode: runtimeLibrary,
  })
}
