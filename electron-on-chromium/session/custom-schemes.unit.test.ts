import { describe, expect, it } from 'vitest'
import { CustomSchemes } from './custom-schemes.ts'

describe('registration of privileged schemes', () => {
  it('is allowed once', () => {
    const schemes = new CustomSchemes()
    schemes.registerAsPrivileged([{ scheme: 'app', privileges: { standard: true } }])
    expect(schemes.privilegesOf('app')).toEqual({ standard: true })
    expect(() => schemes.registerAsPrivileged([{ scheme: 'other' }])).toThrow(/only once/)
    expect(schemes.isCustom('other')).toBe(false)
  })

  it('is refused once the application is ready', () => {
    const schemes = new CustomSchemes()
    schemes.closeRegistration()
    expect(() => schemes.registerAsPrivileged([{ scheme: 'app' }])).toThrow(/before app is ready/)
  })

  it.each(['https', 'file', 'blob', 'javascript', 'Upper', '1x', ''])('refuses the scheme "%s"', scheme => {
    expect(() => new CustomSchemes().registerAsPrivileged([{ scheme }])).toThrow(TypeError)
  })

  it('knows a scheme while at least one session handles it', () => {
    const schemes = new CustomSchemes()
    schemes.handled('app')
    schemes.handled('app')
    schemes.unhandled('app')
    expect(schemes.isCustom('app')).toBe(true)
    schemes.unhandled('app')
    expect(schemes.isCustom('app')).toBe(false)
  })
})
