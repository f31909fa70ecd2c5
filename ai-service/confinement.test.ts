import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const script = fileURLToPath(new URL('./testing/confined-process.ts', import.meta.url))

describe('the confinement of the AI process', () => {
  it('refuses network, writes, processes and threads, and leaves the model working', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: 15_000 })
    const answer: unknown = JSON.parse(stdout)
    expect(answer).toEqual({
      outcomes: {
        fetch: 'CONFINED',
        'http request': 'CONFINED',
        'tcp connect': 'CONFINED',
        'unix connect': 'CONFINED',
        'tcp listen': 'CONFINED',
        'udp send': 'CONFINED',
        'dns lookup': 'CONFINED',
        'web socket': 'CONFINED',
        spawn: 'CONFINED',
        spawnSync: 'CONFINED',
        exec: 'CONFINED',
        fork: 'CONFINED',
        kill: 'CONFINED',
        thread: 'CONFINED',
        writeFileSync: 'CONFINED',
        writeFile: 'CONFINED',
        'open to write': 'CONFINED',
        'openSync to append': 'CONFINED',
        'open by flags': 'CONFINED',
        'write stream': 'CONFINED',
        mkdir: 'CONFINED',
        unlink: 'CONFINED',
        'promised append': 'CONFINED',
        'promised rename': 'CONFINED',
        'promised open to append': 'CONFINED',
        truncate: 'CONFINED',
        'stream by class': 'CONFINED',
        copy: 'CONFINED',
        link: 'CONFINED',
        'heap snapshot': 'CONFINED',
        'process report': 'CONFINED',
        'compile cache': 'CONFINED',
        wasi: 'CONFINED',
        'trace events': 'CONFINED',
        'database imported': 'CONFINED',
        'database required': 'CONFINED',
        'database at hand': 'CONFINED',
        'hooks of modules': 'CONFINED',
        'native code': 'CONFINED',
        binding: 'CONFINED',
        debugger: 'CONFINED',
        'debugger session': 'CONFINED',
        'event source': 'CONFINED',
        'secure connect': 'CONFINED',
        http2: 'CONFINED',
        cluster: 'CONFINED',
        execFile: 'CONFINED',
        'read elsewhere': 'CONFINED',
        'promised read elsewhere': 'CONFINED',
        'open elsewhere': 'CONFINED',
        'look elsewhere': 'CONFINED',
        'list elsewhere': 'CONFINED',
        'out of its folder': 'CONFINED',
        'read stream': 'CONFINED',
        pattern: 'CONFINED',
        'data as a module': 'CONFINED',
        'required data': 'CONFINED',
        'put back': expect.stringMatching(/TypeError/),
      },
      language: 'de',
      isFileThere: false,
      lateCode: 'function',
    })
  })
})
