/** What the list of customers can be ordered by. */
export const INSIGHT_FIGURES = [
  'last_activity_at',
  'tickets.total',
  'tickets.new',
  'tickets.open',
  'tickets.pending',
  'tickets.on_hold',
  'tickets.resolved',
  'tickets.closed',
  'first_response_seconds.median',
  'first_response_seconds.p90',
  'resolution_seconds.median',
  'resolution_seconds.p90',
  'rating.average',
  'rating.count',
  'services_requested',
  'created_at',
] as const

export type InsightFigure = (typeof INSIGHT_FIGURES)[number]
export type InsightSort = InsightFigure | `-${InsightFigure}`

export const INSIGHT_SORTS: readonly InsightSort[] = INSIGHT_FIGURES.flatMap((figure): InsightSort[] => [
  `-${figure}`,
  figure,
])

export const DEFAULT_INSIGHT_SORT: InsightSort = '-last_activity_at'

/** The order after a click on a figure's header: greatest first, then least first. */
export function nextSort(figure: InsightFigure, present: InsightSort): InsightSort {
  return present === `-${figure}` ? figure : `-${figure}`
}
