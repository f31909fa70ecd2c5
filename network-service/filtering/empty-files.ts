/** The smallest GIF: one transparent pixel. https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
const transparentPixel = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'

interface EmptyFile {
  readonly name: string
  readonly aliases: string[]
  /** In base64 where the type is not a text. */
  readonly body: string
  readonly contentType: string
}

/**
 * What `$redirect` gives a page instead of what it asked for, under the names that lists use
 * (https://github.com/gorhill/uBlock/wiki/Resources-Library). All of it is empty: none does what the original does.
 */
export const emptyFiles: readonly EmptyFile[] = [
  {
    name: 'noop.js',
    aliases: ['noopjs'],
    body: '(function(){})()',
    contentType: 'application/javascript',
  },
  {
    name: 'noop.txt',
    aliases: ['nooptext'],
    body: ' ',
    contentType: 'text/plain',
  },
  {
    name: 'noop.html',
    aliases: ['noopframe'],
    body: '<!DOCTYPE html>',
    contentType: 'text/html',
  },
  {
    name: 'noop.css',
    aliases: ['noopcss'],
    body: ' ',
    contentType: 'text/css',
  },
  {
    name: '1x1.gif',
    aliases: ['1x1-transparent.gif'],
    body: transparentPixel,
    contentType: 'image/gif;base64',
  },
]
