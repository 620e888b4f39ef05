import { useSharedT } from '../i18n/catalogs.ts'
import { useLiveState } from '../live/LiveProvider.tsx'
import classes from './LiveIndicator.module.css'

/** Whether the page is live, reconnecting or offline: a dot with a word, announced on change. */
export function LiveIndicator() {
  const t = useSharedT()
  const now = useLiveState()
  const state = now === 'connecting' ? 'reconnecting' : now
  return (
    <span className={classes.indicator} data-state={state} role="status" title={t(`live.${state}_detail`)}>
      <span className={classes.dot} aria-hidden />
      <span className={classes.word}>{t(`live.${state}`)}</span>
    </span>
  )
}
