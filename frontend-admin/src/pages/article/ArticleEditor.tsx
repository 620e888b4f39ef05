import { Alert, Button, TextInput } from '@mantine/core'
import { ifMatch, unwrap, type AdminArticle, type TicketRef } from 'frontend-shared/api'
import { useFormDraft } from 'frontend-shared/forms'
import { useSharedT } from 'frontend-shared/i18n'
import { AppLink, useGo } from 'frontend-shared/routing'
import { Page, Panel, useNotices } from 'frontend-shared/ui'
import { History } from 'lucide-react'
import { keys } from '../../api/keys.ts'
import { useT } from '../../i18n/articles.ts'
import { ContentBadges } from '../../parts/ContentBadges.tsx'
import { EditorNotices } from '../../parts/EditorNotices.tsx'
import { MarkdownEditor } from '../../parts/MarkdownEditor.tsx'
import { useContentEditor } from '../../parts/useContentEditor.ts'
import { paths } from '../../paths.ts'
import { api } from '../../portal.ts'
import { ArticleActs } from './ArticleActs.tsx'
import { ArticleConflict } from './ArticleConflict.tsx'
import { ArticleFacts } from './ArticleFacts.tsx'
import { ArticleSettings } from './ArticleSettings.tsx'
import { checkArticle, EMPTY_ARTICLE, valuesOf, type ArticleValues } from './values.ts'
import classes from './article.module.css'

interface ArticleEditorProps {
  article: AdminArticle | null
  /** What a new one begins with; the name tells its unsaved text from that of others. */
  start?: { name: string; values: Partial<ArticleValues>; ticket?: TicketRef } | undefined
}

/** Writes an article. Saving keeps a draft; publishing shows it to readers, whole. */
export function ArticleEditor({ article, start }: ArticleEditorProps) {
  const t = useT()
  const shared = useSharedT()
  const go = useGo()
  const notices = useNotices()
  const note = useFormDraft(`article-note:${article?.id ?? 'new'}`, { text: '' })
  const editor = useContentEditor({
    name: article ? `article:${article.id}` : start ? `new-article:${start.name}` : 'new-article',
    resource: article,
    initial: { ...EMPTY_ARTICLE, ...start?.values },
    valuesOf,
    check: (values) => checkArticle(values, shared),
    create: (values, once) => {
      const { slug, ...rest } = values
      const from = start?.ticket && { ticket_id: start.ticket.id }
      const body = { ...rest, ...(slug && { slug }), ...from }
      return unwrap(api.POST('/api/admin/knowledge-base', { params: { header: once }, body }))
    },
    made: ({ id, title }) => ({ name: title, to: paths.article(id) }),
    patch: (version, changes) =>
      unwrap(
        api.PATCH('/api/admin/knowledge-base/{id}', {
          params: { path: { id: article?.id ?? '' }, header: ifMatch(version) },
          body: note.values.text.trim() ? { ...changes, note: note.values.text } : changes,
        }),
      ),
    keyOf: keys.article,
    listKey: keys.articles(),
  })

  const settle = (notice: string) => (saved: AdminArticle) => {
    notices.success(notice)
    note.clear()
    if (!article) void go(paths.article(saved.id), { replace: true })
  }
  // What was prepared is not typed, and yet worth saving.
  const prepared = article === null && start !== undefined
  const canPublish =
    editor.dirty || prepared || (article !== null && (article.status !== 'published' || article.has_draft))

  return (
    <Page
      title={editor.values.title.trim() || t(article ? 'article.untitled' : 'new_article.title')}
      width="wide"
      back={{ to: paths.articles(), label: t('articles.title') }}
      marks={
        article && <ContentBadges status={article.status} hasDraft={article.has_draft || editor.dirty} />
      }
      actions={
        <>
          {article && (
            <Button
              component={AppLink}
              to={paths.articleHistory(article.id)}
              variant="subtle"
              leftSection={<History size={16} aria-hidden />}
            >
              {t('article.history')}
            </Button>
          )}
          <Button
            variant="default"
            disabled={!editor.dirty && !prepared}
            loading={editor.busy}
            onClick={() => editor.save(settle(t('editor.draft_saved')))}
          >
            {t('editor.save_draft')}
          </Button>
          <Button
            disabled={!canPublish}
            loading={editor.busy}
            onClick={() => editor.save(settle(t('article.published')), publish)}
          >
            {t('editor.publish')}
          </Button>
          {article && <ArticleActs article={article} />}
        </>
      }
    >
      {start?.ticket && (
        <Alert color="blue" py="xs" mb="md">
          {t('new_article.from_ticket', { number: start.ticket.number })}
        </Alert>
      )}
      <EditorNotices restored={editor.restored} overtaken={editor.overtaken} onDiscard={editor.discard} />
      <div className={classes.stack}>
        <Panel>
          <ArticleSettings values={editor.values} errors={editor.errors} onChange={editor.set} />
        </Panel>
        <Panel>
          <MarkdownEditor
            label={t('article.body')}
            value={editor.values.body}
            onChange={(body) => editor.set({ body })}
            error={editor.errors['body']}
            maxLength={100_000}
            rows={18}
          />
          {article && (
            <TextInput
              className={classes.note ?? ''}
              label={t('article.note')}
              description={t('article.note_help')}
              maxLength={200}
              value={note.values.text}
              onChange={(event) => note.setValues({ text: event.currentTarget.value })}
            />
          )}
        </Panel>
        {article && <ArticleFacts article={article} />}
      </div>
      {editor.conflict && (
        <ArticleConflict
          conflict={editor.conflict}
          values={editor.values}
          busy={editor.busy}
          onSaved={settle(t('editor.draft_saved'))}
        />
      )}
    </Page>
  )
}

const publish = (saved: AdminArticle) =>
  unwrap(api.POST('/api/admin/knowledge-base/{id}/publish', { params: { path: { id: saved.id } } }))
