import { spawn } from 'node:child_process'

/** The X selections that xclip can reach. */
export type SelectionName = 'clipboard' | 'primary'

const timeoutMs = 2000

/** Gives bytes to an X selection. Nothing happens where there is no xclip. */
export async function writeSelection(name: SelectionName, target: string, content: Buffer): Promise<void> {
  await runXclip(['-in', '-selection', name, '-target', target], content)
}

/** The text of an X selection; null when it has none, or there is no xclip. */
export async function readSelection(name: SelectionName): Promise<string | null> {
  const output = await runXclip(['-out', '-selection', name, '-target', 'UTF8_STRING'], null)
  return output?.toString('utf8') ?? null
}

/** What it wrote; null when it failed, is not there or does not answer in time. */
function runXclip(args: readonly string[], input: Buffer | null): Promise<Buffer | null> {
  return new Promise(resolve => {
    // When it gives, xclip stays in the background with the selection, and must not hold a pipe of ours.
    const child = spawn('xclip', args, { stdio: ['pipe', input === null ? 'pipe' : 'ignore', 'ignore'] })
    const chunks: Buffer[] = []
    const timer = setTimeout(() => child.kill(), timeoutMs)
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('error', () => {
      clearTimeout(timer)
      resolve(null)
    })
    child.once(input === null ? 'close' : 'exit', code => {
      clearTimeout(timer)
      resolve(code === 0 ? Buffer.concat(chunks) : null)
    })
    child.stdin?.on('error', () => {})
    child.stdin?.end(input ?? undefined)
  })
}
