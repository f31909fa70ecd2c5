import type { PrintToPDFOptions } from 'electron'
import type { Protocol } from '../chromium/devtools.ts'

/** Inches. */
const paperSizes: Readonly<Record<string, readonly [width: number, height: number]>> = {
  a0: [33.1, 46.8],
  a1: [23.4, 33.1],
  a2: [16.54, 23.4],
  a3: [11.7, 16.54],
  a4: [8.27, 11.7],
  a5: [5.83, 8.27],
  a6: [4.13, 5.83],
  legal: [8.5, 14],
  letter: [8.5, 11],
  tabloid: [11, 17],
  ledger: [17, 11],
}

const defaultMarginInches = 0.4

/** As DevTools wants a page printed. */
export function printCommand(options: PrintToPDFOptions): Protocol.Page.PrintToPDFRequest {
  const { pageSize = 'Letter', margins, scale = 1 } = options
  const size =
    typeof pageSize === 'string' ? paperSizes[pageSize.toLowerCase()] : [pageSize.width, pageSize.height]
  if (!size?.[0] || !size[1]) throw new Error(`Invalid pageSize ${String(pageSize)}`)
  return {
    landscape: options.landscape ?? false,
    displayHeaderFooter: options.displayHeaderFooter ?? false,
    printBackground: options.printBackground ?? false,
    scale,
    paperWidth: size[0],
    paperHeight: size[1],
    marginTop: margins?.top ?? defaultMarginInches,
    marginBottom: margins?.bottom ?? defaultMarginInches,
    marginLeft: margins?.left ?? defaultMarginInches,
    marginRight: margins?.right ?? defaultMarginInches,
    pageRanges: options.pageRanges ?? '',
    headerTemplate: options.headerTemplate ?? '',
    footerTemplate: options.footerTemplate ?? '',
    preferCSSPageSize: options.preferCSSPageSize ?? false,
    generateTaggedPDF: options.generateTaggedPDF ?? false,
    generateDocumentOutline: options.generateDocumentOutline ?? false,
  }
}
