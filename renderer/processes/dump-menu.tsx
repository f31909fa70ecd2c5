import { Braces, ClipboardList, Copy, Download, FileText } from 'lucide-react'
import { Button, Menu, MenuTrigger, Popover } from 'react-aria-components'
import type { ProcessTree } from '../../contracts/processes.ts'
import { treeJson, treeText } from './dump.ts'
import { ClearOfPage, MenuEntry } from './menu-parts.tsx'
import { useProcesses } from './processes-context.tsx'

/** Takes the whole table elsewhere: as text like `nexus ps` prints, or as the sample that it shows. */
export function DumpMenu({ tree }: { tree: ProcessTree | null }) {
  const { hands } = useProcesses()
  return (
    <MenuTrigger>
      <Button className="nx-ib nx-ib--s" aria-label="Copy or save all" isDisabled={tree === null}>
        <ClipboardList className="i" />
      </Button>
      <Popover className="nx-pop" placement="bottom end" offset={4} containerPadding={8}>
        <ClearOfPage>
          {tree !== null && (
            <Menu className="nx-menu" aria-label="Copy or save all">
              <MenuEntry icon={<Copy className="i" />} onAction={() => hands.copy(treeText(tree))}>
                Copy all as text
              </MenuEntry>
              <MenuEntry icon={<Braces className="i" />} onAction={() => hands.copy(treeJson(tree))}>
                Copy all as JSON
              </MenuEntry>
              <MenuEntry icon={<FileText className="i" />} onAction={() => hands.save(treeText(tree), 'txt')}>
                Save all as text…
              </MenuEntry>
              <MenuEntry
                icon={<Download className="i" />}
                onAction={() => hands.save(treeJson(tree), 'json')}
              >
                Save all as JSON…
              </MenuEntry>
            </Menu>
          )}
        </ClearOfPage>
      </Popover>
    </MenuTrigger>
  )
}
