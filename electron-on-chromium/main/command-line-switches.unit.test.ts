import { describe, expect, it } from 'vitest'
import { CommandLineSwitches } from './command-line-switches.ts'

describe('CommandLineSwitches', () => {
  it('knows the switches given, whatever their case, and those appended', () => {
    const switches = new CommandLineSwitches(['--Given=a=b', '--flag', 'app', '--', '--not-this'])
    switches.appendSwitch('added', '1')
    expect([
      switches.getSwitchValue('given'),
      switches.hasSwitch('flag'),
      switches.getSwitchValue('flag'),
      switches.hasSwitch('not-this'),
      switches.getSwitchValue('added'),
      switches.getSwitchValue('absent'),
    ]).toEqual(['a=b', true, '', false, '1', ''])
  })

  it("hands on what is known to be Chromium's and what was appended, never what would break the pipe or profile", () => {
    const switches = new CommandLineSwitches([
      '--no-sandbox',
      '--config=x',
      '--user-data-dir=/d',
      '--disable-gpu',
    ])
    switches.appendSwitch('anything')
    switches.appendSwitch('remote-debugging-pipe')
    expect(switches.forChromium()).toEqual(['--no-sandbox', '--disable-gpu', '--anything'])
  })
})
