import { lazy } from 'react'

/*
 * Drawings load after the page that shows them. They are our own few boxes, not a library: the
 * content security policy refuses the <style> elements that chart libraries write, and a hundred
 * kilobytes for bars are too many.
 */

export const ChartPanel = lazy(async () => ({ default: (await import('./ChartPanel.tsx')).ChartPanel }))
export const TrendBars = lazy(async () => ({ default: (await import('./TrendBars.tsx')).TrendBars }))
export const BarRows = lazy(async () => ({ default: (await import('./BarRows.tsx')).BarRows }))

export type { BarRow } from './BarRows.tsx'
export type { ChartTable } from './ChartPanel.tsx'
export type { TrendPiece } from './TrendBars.tsx'
