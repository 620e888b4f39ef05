import { lazy } from 'react'

/** Fetched only where a desk is new: the overview is the first page of every day. */
export const FirstSteps = lazy(async () => ({ default: (await import('./FirstSteps.tsx')).FirstSteps }))
