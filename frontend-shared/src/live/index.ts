export { LiveProvider, useLiveEvents, useLiveState, type LiveHandler, type LiveMap } from './LiveProvider.tsx'
export type { LiveState } from './messages.ts'
