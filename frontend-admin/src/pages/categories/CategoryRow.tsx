import { ActionIcon, Anchor } from '@mantine/core'
import { ArrowDown, ArrowUp, Merge, Pencil, Trash2 } from 'lucide-react'
import type { Category } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { useIsAdmin } from 'frontend-shared/session'
import { ServiceIcon } from 'frontend-shared/ui'
import { useState } from 'react'
import { useT } from '../../i18n/categories.ts'
import { Grip } from '../../parts/reorder/Grip.tsx'
import type { useReorder } from '../../parts/reorder/useReorder.ts'
import { paths } from '../../paths.ts'
import { DeleteCategory } from './DeleteCategory.tsx'
import { MergeDialog } from './MergeDialog.tsx'
import classes from './categories.module.css'
import order from '../../parts/reorder/reorder.module.css'

interface CategoryRowProps {
  category: Category
  others: Category[]
  index: number
  reorder: Omit<ReturnType<typeof useReorder>, 'setList'>
  onMove: (place: number) => void
  onEdit: () => void
}

/** One category: its place, its name, what stands under it, and what can be done with it. */
export function CategoryRow({ category, others, index, reorder, onMove, onEdit }: CategoryRowProps) {
  const t = useT()
  const isAdmin = useIsAdmin()
  const [asking, setAsking] = useState<'merge' | 'delete' | null>(null)
  const { id, name, items, kind } = category
  const used = items > 0
  const acts = [
    { label: t('categories.up', { name }), icon: ArrowUp, run: () => onMove(index - 1), off: index === 0 },
    {
      label: t('categories.down', { name }),
      icon: ArrowDown,
      run: () => onMove(index + 1),
      off: index === others.length,
    },
    { label: t('categories.edit', { name }), icon: Pencil, run: onEdit, off: false },
    used
      ? {
          label: t('categories.merge', { name }),
          icon: Merge,
          run: () => setAsking('merge'),
          off: others.length === 0,
        }
      : {
          label: t('categories.delete', { name }),
          icon: Trash2,
          run: () => setAsking('delete'),
          off: false,
        },
  ]
  return (
    <li className={`${classes.row} ${order.item}`} {...reorder.item(id)}>
      {isAdmin && <Grip label={t('categories.grip', { name })} {...reorder.grip(id)} />}
      <ServiceIcon name={category.icon} size={34} />
      <span className={classes.name}>{name}</span>
      <Anchor
        component={AppLink}
        className={classes.count ?? ''}
        to={kind === 'service' ? paths.services({ category: name }) : paths.articles({ category: name })}
        size="sm"
      >
        {t(kind === 'service' ? 'categories.services' : 'categories.articles', { count: items })}
      </Anchor>
      {isAdmin && (
        <span className={classes.acts}>
          {acts.map(({ label, icon: Icon, run, off }) => (
            // Not `disabled`: the focus would be lost at the ends of the list.
            <ActionIcon
              key={label}
              aria-label={label}
              title={label}
              data-disabled={off || undefined}
              aria-disabled={off}
              onClick={off ? undefined : run}
            >
              <Icon size={16} aria-hidden />
            </ActionIcon>
          ))}
        </span>
      )}
      {asking === 'merge' && (
        <MergeDialog category={category} others={others} onClose={() => setAsking(null)} />
      )}
      {asking === 'delete' && <DeleteCategory category={category} onClose={() => setAsking(null)} />}
    </li>
  )
}
