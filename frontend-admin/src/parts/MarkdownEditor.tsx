import { Text, Textarea, VisuallyHidden } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { errorText } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { Prose } from 'frontend-shared/ui'
import { useId, useState } from 'react'
import { previewQuery } from '../api/articles.ts'
import { useT } from '../i18n/index.ts'
import classes from './MarkdownEditor.module.css'

interface MarkdownEditorProps {
  label: string
  value: string
  onChange: (value: string) => void
  error?: string | undefined
  maxLength: number
  rows?: number
  readOnly?: boolean
}

const PAUSE_MS = 400

/** Markdown and, beside it, what readers will see; on narrow screens one of the two. */
export function MarkdownEditor(props: MarkdownEditorProps) {
  const { label, value, onChange, error, maxLength, rows = 10, readOnly = false } = props
  const t = useT()
  const id = useId()
  const [shown, setShown] = useState<'write' | 'preview'>('write')
  return (
    <div className={classes.editor} data-shown={shown}>
      <div className={classes.switch} role="group" aria-label={label}>
        {(['write', 'preview'] as const).map((name) => (
          <button key={name} type="button" aria-pressed={shown === name} onClick={() => setShown(name)}>
            {t(`markdown.${name}`)}
          </button>
        ))}
      </div>
      <div className={classes.write}>
        <Textarea
          id={id}
          label={label}
          description={t('markdown.help')}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          error={error}
          maxLength={maxLength}
          readOnly={readOnly}
          autosize
          minRows={rows}
          maxRows={34}
          classNames={{ input: classes.input ?? '' }}
        />
      </div>
      <Preview body={value} />
    </div>
  )
}

function Preview({ body }: { body: string }) {
  const t = useT()
  const shared = useSharedT()
  const [settled] = useDebouncedValue(body, PAUSE_MS)
  const query = useQuery({ ...previewQuery(settled), enabled: settled.trim() !== '' })
  return (
    <section className={classes.preview} aria-label={t('markdown.preview')}>
      <h3 className={classes.title}>{t('markdown.preview')}</h3>
      <div className={classes.paper} aria-busy={query.isFetching}>
        {settled.trim() === '' ? (
          <Text c="dimmed" size="sm">
            {t('markdown.empty')}
          </Text>
        ) : query.isError ? (
          <Text c="dimmed" size="sm" role="status">
            {errorText(query.error, shared)}
          </Text>
        ) : query.data ? (
          <Prose html={query.data.body_html} />
        ) : (
          <VisuallyHidden>{shared('common.loading')}</VisuallyHidden>
        )}
      </div>
    </section>
  )
}
