import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'nexus-confined-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Confines a process of its own, runs the lines there, and tells which of them were refused. */
function refusedOf(lines: readonly string[]): boolean[] {
  const program = `
    import fs from 'node:fs'
    import promises from 'node:fs/promises'
    import net from 'node:net'
    import childProcess from 'node:child_process'
    import { Worker } from 'node:worker_threads'
    import { OwnFiles, confineNetwork } from ${JSON.stringify(new URL('./confinement.ts', import.meta.url).href)}
    const folder = ${JSON.stringify(folder)}
    const files = new OwnFiles(folder + '/cache.sqlite', [folder + '/hosts'])
    files.allow(folder + '/downloads')
    confineNetwork(files)
    const refused = []
    for (const work of [${lines.map(line => `async () => ${line}`).join(', ')}]) {
      try { await work(); refused.push(false) } catch (error) { refused.push(error.code === 'CONFINED') }
    }
    console.log(JSON.stringify(refused))
    process.exit(0)`
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  })
  return JSON.parse(output) as boolean[]
}

it('writes its cache and what main names, and nothing else', () => {
  expect(
    refusedOf([
      "promises.mkdir(folder + '/downloads', { recursive: true })",
      "promises.open(folder + '/downloads/a.part', 'wx+').then(file => file.close())",
      "promises.link(folder + '/downloads/a.part', folder + '/downloads/a')",
      "promises.rm(folder + '/downloads/a.part')",
      "fs.writeFileSync(folder + '/cache.sqlite', '')",
      "fs.renameSync(folder + '/cache.sqlite', folder + '/cache.sqlite.damaged')",
    ]),
  ).toEqual([false, false, false, false, false, false])
  expect(readdirSync(path.join(folder, 'downloads'))).toEqual(['a'])
  expect(
    refusedOf([
      "promises.writeFile(folder + '/elsewhere', '')",
      "promises.open(folder + '/downloads/../elsewhere', 'w')",
      "promises.link(folder + '/downloads/a', folder + '/elsewhere')",
      "promises.rename(folder + '/downloads/a', folder + '/elsewhere')",
      "promises.mkdir(folder + '/downloads/deep/er', { recursive: true })",
      "fs.createWriteStream(folder + '/downloads/b')",
      'fs.rmSync(folder, { recursive: true })',
    ]),
  ).toEqual([true, true, true, true, true, true, true])
})

it('reads what it writes and what it is handed, and nothing else', () => {
  mkdirSync(path.join(folder, 'downloads'))
  for (const name of ['hosts', 'secret', 'downloads/a', 'data.json']) {
    writeFileSync(path.join(folder, name), '{}')
  }
  expect(
    refusedOf([
      "fs.readFileSync(folder + '/hosts')",
      "promises.readFile(folder + '/downloads/a')",
      "fs.statSync(folder + '/cache.sqlite', { throwIfNoEntry: false })",
      "fs.readFileSync(folder + '/secret')",
      "fs.readFileSync(folder + '/downloads/../secret')",
      "promises.open(folder + '/secret')",
      'fs.readdirSync(folder)',
      "fs.existsSync('/etc/passwd')",
      "fs.createReadStream(folder + '/downloads/a')",
      "import(folder + '/data.json', { with: { type: 'json' } })",
    ]),
  ).toEqual([false, false, false, true, true, true, true, true, true, true])
})

it('starts nothing, and still reaches the network', () => {
  expect(
    refusedOf([
      "childProcess.spawnSync('true')",
      "new Worker('1', { eval: true })",
      'process.kill(1, 0)',
      "new Promise(resolve => { const s = net.createServer().listen(0, '127.0.0.1', () => s.close(resolve)) })",
    ]),
  ).toEqual([true, true, true, false])
})
