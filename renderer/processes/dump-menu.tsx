import { Braces, ClipboardList, Copy, Download, FileText } from 'lucide-react'
import { memo } from 'react'
import { Button, Menu, MenuTrigger, Popover } from 'react-aria-components'
import type { ProcessTree } from '../../contracts/processes.ts'
import { treeJson, treeText } from './dump.ts'
import { ClearOfPage, MenuEntry } from './menu-parts.tsx'
import { type DumpFormat, useProcesses } from './processes-context.tsx'

/** Takes the whole table elsewhere: as text like `nexus ps` prints, or as the sample that it shows. */
export const DumpMenu = memo(function DumpMenu(props: {
  /** What is shown at that moment; null where nothing is yet. */
  shown(): ProcessTree | null
}) {
  const { hands } = useProcesses()
  const dump = (format: DumpFormat, take: (text: string) => void) => {
    const tree = props.shown()
    if (tree !== null) take(format === 'json' ? treeJson(tree) : treeText(tree))
  }
  return (
    <MenuTrigger>
      <Button className="nx-ib nx-ib--s" aria-label="Copy or save all">
        <ClipboardList className="i" />
      </Button>
      <Popover className="nx-pop" placement="bottom end" offset={4} containerPadding={8}>
        <ClearOfPage>
          <Menu className="nx-menu" aria-label="Copy or save all">
            <MenuEntry icon={<Copy className="i" />} onAction={() => dump('txt', hands.copy)}>
              Copy all as text
            </MenuEntry>
            <MenuEntry icon={<Braces className="i" />} onAction={() => dump('json', hands.copy)}>
              Copy all as JSON
            </MenuEntry>
            <MenuEntry
              icon={<FileText className="i" />}
              onAction={() => dump('txt', text => hands.save(text, 'txt'))}
            >
              Save all as text…
            </MenuEntry>
            <MenuEntry
              icon={<Download className="i" />}
              onAction={() => dump('json', text => hands.save(text, 'json'))}
            >
              Save all as JSON…
            </MenuEntry>
          </Menu>
        </ClearOfPage>
      </Popover>
    </MenuTrigger>
  )
})
