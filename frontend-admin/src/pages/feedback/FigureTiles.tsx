import { Star } from 'lucide-react'
import { useFormats } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import type { ReactNode } from 'react'
import { FEW, type FeedbackSummary } from '../../api/feedback.ts'
import { useT } from '../../i18n/feedback.ts'
import { paths, type FeedbackSearch } from '../../paths.ts'
import classes from './figures.module.css'

interface Tile {
  key: string
  label: string
  value: ReactNode
  detail: string
  to: string
  tone?: 'warm' | undefined
}

/** The period in six figures; each leads to the list it was counted from. */
export function FigureTiles({ summary, period }: { summary: FeedbackSummary; period: FeedbackSearch }) {
  const t = useT()
  const { number, percent } = useFormats()
  const { distribution: by } = summary
  const satisfied = by[4] + by[5]
  const ratings = (search: FeedbackSearch) => paths.feedback({ view: 'ratings', ...period, ...search })
  const resolutions = (search: FeedbackSearch) =>
    paths.feedback({ view: 'resolutions', ...period, ...search })
  const few = summary.count > 0 && summary.count < FEW ? ` · ${t('feedback.few', { count: FEW })}` : ''
  const tiles: Tile[] = [
    {
      key: 'satisfied',
      label: t('feedback.satisfied'),
      value: summary.satisfied_percent === null ? '–' : percent(summary.satisfied_percent / 100),
      detail: t('feedback.satisfied_of', { count: satisfied, total: summary.count }) + few,
      to: ratings({ score: ['4', '5'] }),
    },
    {
      key: 'average',
      label: t('feedback.average'),
      value:
        summary.average === null ? (
          '–'
        ) : (
          <>
            {number(summary.average)} <Star size={22} className={classes.star} aria-hidden />
          </>
        ),
      detail: t('feedback.of_ratings', { count: summary.count }) + few,
      to: ratings({}),
    },
    {
      key: 'response',
      label: t('feedback.response_rate'),
      value: summary.response_rate === null ? '–' : percent(summary.response_rate),
      detail: t('feedback.response_of', {
        rated: summary.rated_resolutions,
        count: summary.resolutions,
      }),
      to: resolutions({ rated: 'true' }),
    },
    {
      key: 'resolutions',
      label: t('feedback.resolutions'),
      value: number(summary.resolutions),
      detail: t('feedback.resolutions_detail'),
      to: resolutions({}),
    },
    {
      key: 'reopened',
      label: t('feedback.reopen_rate'),
      value: summary.reopen_rate === null ? '–' : percent(summary.reopen_rate),
      detail: t('feedback.reopened_of', { count: summary.reopened, total: summary.resolutions }),
      to: resolutions({ reopened: 'true' }),
    },
    {
      key: 'queue',
      label: t('feedback.to_look_at'),
      value: number(summary.low_unseen),
      detail: t('feedback.to_look_at_detail'),
      to: paths.lowScores(),
      tone: summary.low_unseen > 0 ? 'warm' : undefined,
    },
  ]
  return (
    <ul className={classes.tiles} aria-label={t('feedback.figures')}>
      {tiles.map(({ key, label, value, detail, to, tone }) => (
        <li key={key}>
          <AppLink to={to} withSearch className={classes.tile} data-tone={tone}>
            <span className={classes.name}>{label}</span>
            <span className={classes.value}>{value}</span>
            <span className={classes.detail}>{detail}</span>
          </AppLink>
        </li>
      ))}
    </ul>
  )
}
