import { describe, expect, it } from 'vitest'
import { readCommandLine } from './command-line.ts'

const facts = { electronVersion: '45.3.4', modulesVersion: '137', workingDirectory: '/work' }

describe('readCommandLine', () => {
  it('prints the version and the ABI when asked', () => {
    expect(readCommandLine(['--version'], facts)).toEqual({ kind: 'print', text: 'v45.3.4' })
    expect(readCommandLine(['-a'], facts)).toEqual({ kind: 'print', text: '137' })
  })

  it('takes the first argument that is no switch for the application, and what follows for its arguments', () => {
    expect(readCommandLine(['--inspect=0', 'app', '--version', 'other'], facts)).toEqual({
      kind: 'run',
      appPath: '/work/app',
      requires: [],
    })
  })

  it('collects the modules to load first, as Playwright gives its loader', () => {
    const args = ['-r', '/loader.js', '--no-sandbox', '--inspect=0', '--remote-debugging-port=0', '/app']
    expect(readCommandLine(args, facts)).toEqual({ kind: 'run', appPath: '/app', requires: ['/loader.js'] })
  })

  it('says that there is no application', () => {
    expect(readCommandLine(['--headless'], facts)).toEqual({ kind: 'run', appPath: null, requires: [] })
  })
})
