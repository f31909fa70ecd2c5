import { Check, Columns3 } from 'lucide-react'
import { memo } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { columns } from './columns.ts'
import { ClearOfPage } from './menu-parts.tsx'
import { useProcesses } from './processes-context.tsx'

const hideable = columns.filter(column => column.worth !== null)

/** Which columns the table has. Those for which the window has no room wait until it has. */
export const ColumnMenu = memo(function ColumnMenu() {
  const { hands, hiddenColumns } = useProcesses()
  const shown = hideable.map(column => column.id).filter(id => !hiddenColumns.includes(id))
  return (
    <MenuTrigger>
      <Button className="nx-ib nx-ib--s" aria-label="Columns">
        <Columns3 className="i" />
      </Button>
      <Popover className="nx-pop" placement="bottom end" offset={4} containerPadding={8}>
        <ClearOfPage>
          <Menu
            className="nx-menu"
            aria-label="Columns"
            selectionMode="multiple"
            selectedKeys={shown}
            onSelectionChange={selected =>
              hands.hideColumns(
                hideable
                  .map(column => column.id)
                  .filter(id => selected !== 'all' && !new Set<unknown>(selected).has(id)),
              )
            }
          >
            {hideable.map(({ id, title, name }) => (
              <MenuItem className="nx-menu__item" key={id} id={id} textValue={title}>
                {({ isSelected }) => (
                  <>
                    {isSelected ? <Check className="i" /> : <span className="nx-menu__blank" />}
                    <span title={name}>{title}</span>
                  </>
                )}
              </MenuItem>
            ))}
          </Menu>
        </ClearOfPage>
      </Popover>
    </MenuTrigger>
  )
})
