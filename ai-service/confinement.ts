import { confine as confineProcess } from '../ipc/entry/confinement.ts'

/** The runtime of the models. */
const runtimeLibrary =
  /[\\/]onnxruntime-node[\\/]bin[\\/]napi-v\d+[\\/][\w\\/]+[\\/]onnxruntime_binding\.node$/

/**
 * Takes from this process what it never needs: it reads text from untrusted pages. It keeps reading files, for its
 * models.
 */
export function confine(): void {
  confineProcess({ who: 'The AI process', files: 'readOnly', nativeCode: runtimeLibrary })
}
