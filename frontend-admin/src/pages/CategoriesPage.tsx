import { Button, Tabs } from '@mantine/core'
import { Plus } from 'lucide-react'
import type { Category } from 'frontend-shared/api'
import { useUrlSearch } from 'frontend-shared/routing'
import { useIsAdmin } from 'frontend-shared/session'
import { Page } from 'frontend-shared/ui'
import { useState } from 'react'
import { useT } from '../i18n/categories.ts'
import { paths, type CategoriesSearch } from '../paths.ts'
import { CategoryDialog } from './categories/CategoryDialog.tsx'
import { CategoryList } from './categories/CategoryList.tsx'

/** The headings under which services and articles stand, in the order that customers see. */
export function CategoriesPage() {
  const t = useT()
  const isAdmin = useIsAdmin()
  const [{ kind = 'service' }, setSearch] = useUrlSearch<CategoriesSearch>()
  const [edited, setEdited] = useState<Category | 'new' | null>(null)
  const back =
    kind === 'service'
      ? { to: paths.services(), label: t('services.title') }
      : { to: paths.articles(), label: t('articles.title') }

  return (
    <Page
      title={t('categories.title')}
      back={back}
      intro={t(isAdmin ? 'categories.intro' : 'categories.read_only')}
      actions={
        isAdmin && (
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setEdited('new')}>
            {t('categories.new')}
          </Button>
        )
      }
    >
      <Tabs
        value={kind}
        onChange={(next) => setSearch({ kind: next === 'article' ? 'article' : undefined })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="service">{t('services.title')}</Tabs.Tab>
          <Tabs.Tab value="article">{t('articles.title')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={kind}>
          <CategoryList key={kind} kind={kind} onEdit={setEdited} />
        </Tabs.Panel>
      </Tabs>
      {edited && (
        <CategoryDialog
          kind={kind}
          category={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </Page>
  )
}
