import { Button, VisuallyHidden } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { FolderTree } from 'lucide-react'
import { unwrap, useApiMutation, type Category, type CategoryKind } from 'frontend-shared/api'
import { useIsAdmin } from 'frontend-shared/session'
import { EmptyState, ErrorState, LoadingState } from 'frontend-shared/ui'
import { useState } from 'react'
import { categoriesQuery, shownWith } from '../../api/categories.ts'
import { keys } from '../../api/keys.ts'
import { useT } from '../../i18n/categories.ts'
import { moved } from '../../parts/reorder/place.ts'
import { useReorder } from '../../parts/reorder/useReorder.ts'
import { api } from '../../portal.ts'
import { CategoryRow } from './CategoryRow.tsx'
import classes from './categories.module.css'

interface CategoryListProps {
  kind: CategoryKind
  onEdit: (category: Category | 'new') => void
}

/** The categories of a kind, to be put in order. */
export function CategoryList({ kind, onEdit }: CategoryListProps) {
  const t = useT()
  const isAdmin = useIsAdmin()
  const client = useQueryClient()
  const query = useQuery(categoriesQuery(kind))
  const [said, setSaid] = useState('')
  const categories = query.data ?? []

  const place = useApiMutation({
    // The place is the wish, whatever else changed meanwhile.
    run: ({ id, to }: { id: string; to: number }) =>
      unwrap(
        api.PATCH('/api/admin/categories/{id}', {
          params: { path: { id }, header: { 'If-Match': '*' } },
          body: { place: to + 1 },
        }),
      ),
    invalidates: () => shownWith(kind),
    onFailed: () => void client.invalidateQueries({ queryKey: keys.categories(kind) }),
  })
  const move = (id: string, to: number) => {
    const from = categories.findIndex((category) => category.id === id)
    const category = categories[from]
    if (!category) return
    // Shown at once; what the server says then stands.
    void client.cancelQueries({ queryKey: keys.categories(kind) })
    client.setQueryData(keys.categories(kind), moved(categories, from, to))
    setSaid(t('categories.moved', { name: category.name, place: to + 1, count: categories.length }))
    place.mutate({ id, to })
  }
  const { setList, ...reorder } = useReorder({ ids: categories.map(({ id }) => id), onMove: move })

  if (query.isPending) return <LoadingState shape="list" />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (categories.length === 0) {
    return (
      <EmptyState
        icon={FolderTree}
        title={t('categories.empty')}
        action={isAdmin && <Button onClick={() => onEdit('new')}>{t('categories.new')}</Button>}
      >
        {t('categories.empty_detail')}
      </EmptyState>
    )
  }
  return (
    <>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      <ol className={classes.list} ref={setList} aria-label={t('categories.title')}>
        {categories.map((category, index) => (
          <CategoryRow
            key={category.id}
            category={category}
            others={categories.filter(({ id }) => id !== category.id)}
            index={index}
            reorder={reorder}
            onMove={(to) => move(category.id, to)}
            onEdit={() => onEdit(category)}
          />
        ))}
      </ol>
    </>
  )
}
