import { describe, expect, it } from 'vitest'
import { isLoopbackAddress, isPrivateAddress } from './addresses.ts'

describe('a private address', () => {
  it.each([
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.251',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:192.168.0.1',
    '64:ff9b::10.0.0.1',
    '2002:c0a8:0101::1',
    '2001:0:53aa:64c:0:fbff:f5ff:fffe',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    'no address',
    '',
  ])('%s', address => expect(isPrivateAddress(address)).toBe(true))
})

describe('an address of the internet', () => {
  it.each([
    '1.1.1.1',
    '93.184.216.34',
    '100.128.0.1',
    '172.32.0.1',
    '192.167.1.1',
    '2606:4700:4700::1111',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
    '2002:0808:0808::1',
  ])('%s', address => expect(isPrivateAddress(address)).toBe(false))
})

it.each([
  ['127.0.0.1', true],
  ['0.0.0.0', true],
  ['::', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['192.168.0.1', false],
  ['::2', false],
  ['::ffff:8.8.8.8', false],
  ['localhost', false],
])('%s leads to this machine: %s', (address, is) => expect(isLoopbackAddress(address)).toBe(is))
