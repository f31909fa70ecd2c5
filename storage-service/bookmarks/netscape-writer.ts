import type { BookmarkNode } from '../../contracts/storage-library.ts'

const head = `<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file. It will be read and overwritten. DO NOT EDIT! -->
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
`
/** What a folder that every browser shows as a bar is marked with. */
const barMark = ' PERSONAL_TOOLBAR_FOLDER="true"'
const piecesOf = 64_000

/** A folder of the document: its line, and what stands in it. */
export interface WrittenFolder {
  readonly title: string
  readonly isBar: boolean
  readonly nodes: Iterable<BookmarkNode>
}

/** Writes the Netscape bookmark format in pieces. The nodes come with folders before what stands in them. */
export function* netscapeDocument(folders: readonly WrittenFolder[]): Generator<string> {
  let piece = head
  for (const line of linesOf(folders)) {
    piece += line
    if (piece.length < piecesOf) continue
    yield piece
    piece = ''
  }
  yield `${piece}</DL><p>\n`
}

function* linesOf(folders: readonly WrittenFolder[]): Generator<string> {
  for (const { title, isBar, nodes } of folders) {
    yield `${indent(1)}<DT><H3${isBar ? barMark : ''}>${escaped(title)}</H3>\n${indent(1)}<DL><p>\n`
    const open: string[] = []
    for (const node of nodes) {
      while (open.length > 0 && open.at(-1) !== node.parentId && open.includes(node.parentId)) {
        yield `${indent(open.length + 1)}</DL><p>\n`
        open.pop()
      }
      // What stands at the top has a parent that is not in the document.
      while (open.length > 0 && !open.includes(node.parentId)) {
        yield `${indent(open.length + 1)}</DL><p>\n`
        open.pop()
      }
      yield lineOf(node, open.length + 2)
      if (node.kind === 'folder') open.push(node.id)
    }
    for (let depth = open.length; depth > 0; depth -= 1) yield `${indent(depth + 1)}</DL><p>\n`
    yield `${indent(1)}</DL><p>\n`
  }
}

function lineOf(node: BookmarkNode, depth: number): string {
  const times = `ADD_DATE="${seconds(node.addedAt)}" LAST_MODIFIED="${seconds(node.changedAt)}"`
  if (node.kind === 'folder') {
    return `${indent(depth)}<DT><H3 ${times}>${escaped(node.title)}</H3>\n${indent(depth)}<DL><p>\n`
  }
  const tags = node.tags.length === 0 ? '' : ` TAGS="${escaped(node.tags.join(','))}"`
  return `${indent(depth)}<DT><A HREF="${escaped(node.url)}" ${times}${tags}>${escaped(node.title)}</A>\n`
}

const indent = (depth: number): string => '    '.repeat(depth)
const seconds = (at: number): number => Math.floor(at / 1_000)

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
