import { useFormats, useLocale, useSharedT } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import { Panel, Stars } from 'frontend-shared/ui'
import type { FeedbackSummary } from '../../api/feedback.ts'
import { dayOf, lastDayOf } from '../../api/days.ts'
import { useT } from '../../i18n/feedback.ts'
import { BarRows, type BarRow } from '../../parts/charts/BarRows.tsx'
import { ChartPanel } from '../../parts/charts/ChartPanel.tsx'
import { TrendBars, type TrendPiece } from '../../parts/charts/TrendBars.tsx'
import { REASONS, reasonLabel } from '../../parts/reasons.ts'
import { paths, type FeedbackSearch } from '../../paths.ts'
import classes from './figures.module.css'

interface DrawingProps {
  summary: FeedbackSummary
  period: FeedbackSearch
}

const SCORES = [5, 4, 3, 2, 1] as const

/** How many ratings there were over time, and how many of them satisfied. */
export function Trend({ summary }: { summary: FeedbackSummary }) {
  const t = useT()
  const { number, percent } = useFormats()
  const { language } = useLocale()
  const { interval, time_zone: zone } = summary
  const short = new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    ...(interval === 'month' ? { month: 'short', year: 'numeric' } : { day: 'numeric', month: 'short' }),
  })
  const long = new Intl.DateTimeFormat(language, { timeZone: 'UTC', dateStyle: 'medium' })
  const begun = summary.trend.findIndex(({ count, resolutions }) => count > 0 || resolutions > 0)
  // Of "all time" only what there is; other periods are shown whole.
  const pieces = interval === 'month' ? summary.trend.slice(Math.max(begun, 0)) : summary.trend
  const rows = pieces.map((piece) => {
    const first = dayOf(new Date(piece.from), zone)
    const last = lastDayOf(piece.to, zone)
    const name = long.formatRange(new Date(first), new Date(last))
    const satisfied = piece.satisfied_percent === null ? '–' : percent(piece.satisfied_percent / 100)
    const days = { from: first, to: last }
    return {
      piece,
      name,
      satisfied,
      to: paths.feedback({ view: 'ratings', ...days }),
      toSatisfied: paths.feedback({ view: 'ratings', ...days, score: ['4', '5'] }),
      toResolutions: paths.feedback({ view: 'resolutions', ...days }),
    }
  })
  const drawn = rows.map(({ piece, name, satisfied, to }): TrendPiece => {
    const good = Math.round((piece.count * (piece.satisfied_percent ?? 0)) / 100)
    return {
      key: piece.from,
      label: short.format(new Date(piece.starts_on)),
      bars: [
        {
          key: piece.from,
          text: t('feedback.trend_text', { time: name, count: piece.count, satisfied }),
          parts: [
            { tone: 'main', value: good },
            { tone: 'rest', value: piece.count - good },
          ],
          to,
        },
      ],
    }
  })
  return (
    <ChartPanel
      title={t('feedback.trend')}
      table={{
        head: [
          t(`feedback.interval_${interval}`),
          t('feedback.ratings'),
          t('feedback.satisfied'),
          t('feedback.average'),
          t('feedback.resolutions'),
        ],
        rows: rows.map(({ piece, name, satisfied, to, toSatisfied, toResolutions }) => ({
          key: piece.from,
          cells: [
            name,
            <AppLink key="count" to={to} withSearch>
              {number(piece.count)}
            </AppLink>,
            <AppLink key="satisfied" to={toSatisfied} withSearch>
              {satisfied}
            </AppLink>,
            <AppLink key="average" to={to} withSearch>
              {piece.average === null ? '–' : number(piece.average)}
            </AppLink>,
            <AppLink key="resolutions" to={toResolutions} withSearch>
              {number(piece.resolutions)}
            </AppLink>,
          ],
        })),
      }}
    >
      <TrendBars
        pieces={drawn}
        label={t('feedback.trend')}
        hint={t(`feedback.trend_hint_${interval}`)}
        legend={[
          { tone: 'main', label: t('feedback.legend_good') },
          { tone: 'rest', label: t('feedback.legend_rest') },
        ]}
      />
    </ChartPanel>
  )
}

/** How many ratings there are of each score. */
export function Scores({ summary, period }: DrawingProps) {
  const t = useT()
  const shared = useSharedT()
  const { number, percent } = useFormats()
  const rows = SCORES.map((score) => ({
    score,
    count: summary.distribution[score],
    share: summary.count === 0 ? '' : percent(summary.distribution[score] / summary.count),
    to: paths.feedback({ view: 'ratings', ...period, score: [`${score}`] }),
  }))
  return (
    <ChartPanel
      title={t('feedback.distribution')}
      table={{
        head: [t('field.score'), t('feedback.ratings'), t('feedback.share')],
        rows: rows.map(({ score, count, share, to }) => ({
          key: `${score}`,
          cells: [
            shared('stars.value', { score, word: shared(`stars.${score}`) }),
            <AppLink key="count" to={to} withSearch>
              {number(count)}
            </AppLink>,
            share || '–',
          ],
        })),
      }}
      note={t('feedback.satisfied_means')}
    >
      <BarRows
        label={t('feedback.distribution')}
        rows={rows.map(({ score, count, share, to }): BarRow => ({
          key: `${score}`,
          label: <Stars score={score} />,
          value: count,
          detail: share,
          tone: score < 4 ? 'rest' : 'main',
          to,
        }))}
      />
    </ChartPanel>
  )
}

const GOOD = new Set<string>(['fast', 'friendly', 'expert', 'clear'])

/** Why customers gave their scores, most often first. */
export function Reasons({ summary, period }: DrawingProps) {
  const t = useT()
  const { number } = useFormats()
  const title = t('feedback.reasons')
  if (summary.reasons.length === 0) {
    return (
      <Panel title={title}>
        <span className={classes.few}>{t('feedback.no_reasons')}</span>
      </Panel>
    )
  }
  const rows = summary.reasons.map(({ reason, count }) => ({
    key: reason,
    label: reasonLabel(reason),
    value: count,
    tone: GOOD.has(reason) ? ('main' as const) : ('rest' as const),
    to: paths.feedback({ view: 'ratings', ...period, reason: REASONS.find((known) => known === reason) }),
  }))
  return (
    <ChartPanel
      title={title}
      table={{
        head: [t('feedback.reason'), t('feedback.ratings')],
        rows: rows.map(({ key, label, value, to }) => ({
          key,
          cells: [
            label,
            <AppLink key="count" to={to} withSearch>
              {number(value)}
            </AppLink>,
          ],
        })),
      }}
    >
      <BarRows label={title} rows={rows} />
    </ChartPanel>
  )
}
