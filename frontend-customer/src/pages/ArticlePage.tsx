import { Button, Group, VisuallyHidden } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { CustomerArticleDetail } from 'frontend-shared/api'
import { AppLink, useGo } from 'frontend-shared/routing'
import { ErrorState, ExactTime, LoadingState, Page, Panel, Prose, WithAside } from 'frontend-shared/ui'
import { useEffect } from 'react'
import { articleQuery } from '../api/articles.ts'
import { keys } from '../api/keys.ts'
import { useT } from '../i18n/index.ts'
import { isTemporary } from '../parts/errors.ts'
import { useIsGuest } from '../parts/useIsGuest.ts'
import { paths } from '../paths.ts'
import { AskAbout } from './article/AskAbout.tsx'
import { Contents, ContentsFold } from './article/Contents.tsx'
import { Related } from './article/Related.tsx'
import { Vote } from './article/Vote.tsx'

export function ArticlePage() {
  const t = useT()
  const { slug } = useParams({ from: '/frame/help/$slug' })
  const isGuest = useIsGuest()
  const query = useQuery(articleQuery(slug, isGuest))
  useFollowSlug(slug, query.data)
  const back = { to: paths.help(), label: t('article.back') }

  // An article that one may no longer read goes away; a short fault leaves it in sight.
  if (query.data && (!query.isError || isTemporary(query.error))) {
    return <Article key={query.data.id} article={query.data} />
  }
  return (
    <Page title={t('article.title')} back={back}>
      {query.isError ? (
        <ErrorState
          error={query.error}
          onRetry={() => void query.refetch()}
          action={
            <>
              {isGuest && (
                <Button component={AppLink} to={paths.signIn({ next: paths.article(slug) })}>
                  {t('guest.sign_in_to_read')}
                </Button>
              )}
              <Button variant="default" component={AppLink} to={paths.help()}>
                {t('article.back')}
              </Button>
            </>
          }
        />
      ) : (
        <LoadingState shape="page" count={10} />
      )}
    </Page>
  )
}

/** An old address answers with the article; the page moves on to its present one. */
function useFollowSlug(slug: string, article: CustomerArticleDetail | undefined): void {
  const isGuest = useIsGuest()
  const go = useGo()
  const client = useQueryClient()
  useEffect(() => {
    if (!article || article.slug === slug) return
    client.setQueryData(isGuest ? keys.publicArticle(article.slug) : keys.article(article.slug), article)
    void go(paths.article(article.slug), { replace: true })
  }, [article, slug, client, go, isGuest])
}

function Article({ article }: { article: CustomerArticleDetail }) {
  const t = useT()
  const isGuest = useIsGuest()
  return (
    <Page
      title={article.title}
      intro={article.summary}
      back={{ to: paths.help({ category: article.category }), label: article.category }}
    >
      <WithAside
        aside={
          <>
            <Contents entries={article.toc} />
            <Related articles={article.related} />
            <AskAbout slug={article.slug} />
          </>
        }
      >
        <ContentsFold entries={article.toc} />
        <Panel>
          <VisuallyHidden component="h2">{t('article.title')}</VisuallyHidden>
          <Prose html={article.body_html} />
          <Group gap="xs" mt="xl" fz="sm" c="dimmed">
            <span>
              {t('article.updated')} <ExactTime time={article.updated_at} dateOnly />
            </span>
            {article.tags.map((tag) => (
              <Button
                key={tag}
                variant="default"
                size="compact-xs"
                component={AppLink}
                to={paths.help({ tag })}
              >
                {tag}
              </Button>
            ))}
          </Group>
        </Panel>
        {!isGuest && <Vote article={article} />}
      </WithAside>
    </Page>
  )
}
