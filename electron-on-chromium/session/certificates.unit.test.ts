import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Certificate, Request as VerifyRequest } from 'electron'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestBrowser, type TestBrowser } from './test-browser.ts'
import { testCertificate, testCertificateKey } from './test-certificate.ts'

describe('a certificate that Chromium rejects', () => {
  let test: TestBrowser
  let url = ''
  const server = createServer({ key: testCertificateKey, cert: testCertificate }, (_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<link rel="icon" href="data:,"><p>secret</p>')
  })

  beforeAll(async () => {
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    url = `https://localhost:${(server.address() as AddressInfo).port}/`
    test = await startTestBrowser()
  }, 60_000)
  afterAll(async () => {
    await test[Symbol.asyncDispose]()
    server.closeAllConnections()
    server.close()
  })

  it('fails the load when nobody wants to decide', async () => {
    const page = await test.openPage(test.engine.fromPartition('nobody'))
    expect(await page.open(url)).toBe('net::ERR_CERT_AUTHORITY_INVALID')
  })

  it('is refused when the application does not take the decision, and says why', async () => {
    const reports: unknown[] = []
    const listener = (...args: unknown[]) => {
      const [, webContents, failedUrl, error, certificate, , isMainFrame] = args
      const { subjectName, fingerprint, data } = certificate as Certificate
      reports.push({
        webContents,
        failedUrl,
        error,
        subjectName,
        fingerprint: fingerprint.slice(0, 7),
        isMainFrame,
      })
      expect(data.trim()).toBe(testCertificate.trim())
    }
    test.appEvents.on('certificate-error', listener)
    const page = await test.openPage(test.engine.fromPartition('refused'))
    expect(await page.open(url)).toBe('net::ERR_ABORTED')
    expect(reports).toEqual([
      {
        webContents: page.webContents,
        failedUrl: url,
        error: 'net::ERR_CERT_AUTHORITY_INVALID',
        subjectName: 'localhost',
        fingerprint: 'sha256/',
        isMainFrame: true,
      },
    ])
    expect(test.engine.certificateRejectionOf(page.devTools.targetId ?? '')).toEqual({
      url,
      error: 'ERR_CERT_AUTHORITY_INVALID',
      errorCode: -202,
    })
    test.appEvents.off('certificate-error', listener)
  })

  it('is accepted when the application says so', async () => {
    const listener = (...args: unknown[]) => {
      const [event, , , , , callback] = args as [
        Event,
        unknown,
        unknown,
        unknown,
        unknown,
        (isOk: boolean) => void,
      ]
      event.preventDefault()
      callback(true)
    }
    test.appEvents.on('certificate-error', listener)
    const page = await test.openPage(test.engine.fromPartition('accepted'))
    expect(await page.open(url)).toBe(null)
    expect(await page.evaluate('document.body.textContent')).toBe('secret')
    test.appEvents.off('certificate-error', listener)
  })

  it('is accepted by the verify proc of its session, and of no other', async () => {
    const session = test.engine.fromPartition('verified')
    const requests: VerifyRequest[] = []
    session.setCertificateVerifyProc((request, callback) => {
      requests.push(request)
      callback(0)
    })
    const page = await test.openPage(session)
    expect(await page.open(url)).toBe(null)
    expect(
      requests.map(({ hostname, verificationResult, errorCode }) => [
        hostname,
        verificationResult,
        errorCode,
      ]),
    ).toEqual([['localhost', 'net::ERR_CERT_AUTHORITY_INVALID', -202]])
    const other = await test.openPage(test.engine.fromPartition('unverified'))
    expect(await other.open(url)).toBe('net::ERR_CERT_AUTHORITY_INVALID')
  })
})
