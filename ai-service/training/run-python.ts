import { spawnSync } from 'node:child_process'

/**
 * Runs the numeric part of a training: `NEXUS_PYTHON`, else `python3`, with PyTorch, NumPy, scikit-learn and onnx (see
 * README.md). Its progress is printed as it comes. Throws when it fails.
 */
export function runPython(script: string, args: readonly string[]): void {
  const python = process.env.NEXUS_PYTHON ?? 'python3'
  const { status, error } = spawnSync(python, ['-u', script, ...args], { stdio: 'inherit' })
  if (error !== undefined) throw new Error(`${python} does not start: ${error.message}`, { cause: error })
  if (status !== 0) {
    throw new Error(
      `${script} failed with ${status}. Does ${python} have torch, numpy, scikit-learn and onnx?`,
    )
  }
}
