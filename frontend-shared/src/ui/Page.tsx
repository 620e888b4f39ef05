import { Group, Text, Title } from '@mantine/core'
import { ChevronLeft } from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import { AppLink } from '../routing/links.tsx'
import classes from './Page.module.css'

interface PageProps {
  title: string
  /** In the browser's tab when it should differ from `title`. */
  documentTitle?: string
  /** One line under the title. */
  intro?: ReactNode
  /** Badges and the like, beside the title. */
  marks?: ReactNode
  /** Buttons of the page. */
  actions?: ReactNode
  back?: { to: string; label: string }
  /** prose: reading width. wide: uses the whole window. */
  width?: 'prose' | 'page' | 'wide'
  children: ReactNode
}

/** A screen: its heading, its acts and its content. Every screen has exactly one. */
export function Page(props: PageProps) {
  const { title, documentTitle = title, width = 'page', children } = props
  useDocumentTitle(documentTitle)
  return (
    <div className={classes.page} data-width={width}>
      <PageHeader {...props} />
      {children}
    </div>
  )
}

/** Names the browser's tab after the screen for as long as it is shown. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    const before = document.title
    document.title = `${title} · ${document.documentElement.dataset['portal'] ?? 'BSM'}`
    return () => {
      document.title = before
    }
  }, [title])
}

/** The head of a screen; part of `Page`, alone only for screens with a layout of their own. */
export function PageHeader({ title, intro, marks, actions, back }: Omit<PageProps, 'children'>) {
  return (
    <header className={classes.header}>
      {back && (
        <AppLink to={back.to} className={classes.back}>
          <ChevronLeft size={16} className={classes.chevron} aria-hidden />
          {back.label}
        </AppLink>
      )}
      <div className={classes.row}>
        <div className={classes.heading}>
          <Group gap="sm">
            <Title order={1}>{title}</Title>
            {marks}
          </Group>
          {intro && (
            <Text c="dimmed" mt={4} component="div">
              {intro}
            </Text>
          )}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </div>
    </header>
  )
}
