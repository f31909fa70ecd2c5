import { describe, expect, it } from 'vitest'
import { chromiumFlags } from './flags.ts'

describe('chromiumFlags', () => {
  it('keeps the sandbox on and opens no window by itself', () => {
    const flags = chromiumFlags({ headless: true, userDataDir: '/profile', extraArgs: [] })
    expect(flags).not.toContain('--no-sandbox')
    expect(flags).toEqual(
      expect.arrayContaining([
        '--headless=new',
        '--remote-debugging-pipe',
        '--user-data-dir=/profile',
        '--no-startup-window',
      ]),
    )
  })

  it('adds the features that the application switches off to ours: Chromium heeds one such switch only', () => {
    const flags = chromiumFlags({
      headless: false,
      userDataDir: '/p',
      extraArgs: ['--disable-features=Mine,Yours'],
    })
    const switches = flags.filter(flag => flag.startsWith('--disable-features='))
    expect(switches).toHaveLength(1)
    expect(switches[0]).toMatch(/Translate.*,Mine,Yours$/)
    expect(flags).not.toContain('--headless=new')
  })
})
