import { AppLink } from 'frontend-shared/routing'
import { useRef, useState, type KeyboardEvent } from 'react'
import { steps } from './scale.ts'
import classes from './charts.module.css'

export interface TrendBar {
  key: string
  /** Under the bar, where there is room. */
  label: string
  /** All of it in words, for the reader's pointer, focus and screen reader. */
  text: string
  total: number
  /** The lower part of the bar. */
  good: number
  /** The list behind it. */
  to: string
}

interface TrendBarsProps {
  bars: TrendBar[]
  label: string
  legend: { good: string; rest: string }
  /** Said while no bar is looked at. */
  hint: string
}

const LABELS = 6
const STEP: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 }

/**
 * One bar a piece of time. Every bar leads to its list; the bars are one stop for the keyboard,
 * and arrows go from one to the next. Plain boxes: they fit any width, print, and need no script.
 */
export function TrendBars({ bars, label, legend, hint }: TrendBarsProps) {
  const [seen, setSeen] = useState<string | null>(null)
  const [stop, setStop] = useState(0)
  const list = useRef<HTMLOListElement>(null)
  const marks = steps(Math.max(...bars.map(({ total }) => total), 0))
  const top = marks.at(-1) ?? 1
  const percent = (value: number) => `${(value / top) * 100}%`
  const shown = bars.find(({ key }) => key === seen)
  const every = Math.max(1, Math.ceil(bars.length / LABELS))

  const move = (event: KeyboardEvent) => {
    const step = STEP[event.key] ?? (event.key === 'Home' ? -stop : null)
    const next = event.key === 'End' ? bars.length - 1 : step === null ? null : stop + step
    if (next === null || next < 0 || next >= bars.length) return
    event.preventDefault()
    setStop(next)
    list.current?.querySelectorAll('a')[next]?.focus()
  }

  return (
    <>
      <div className={classes.readout} aria-hidden>
        {shown ? <strong>{shown.text}</strong> : hint}
      </div>
      <div className={classes.plot}>
        <div className={classes.scale} aria-hidden>
          {marks.map((mark) => (
            <span key={mark} style={{ insetBlockEnd: percent(mark) }}>
              {mark}
            </span>
          ))}
        </div>
        <div className={classes.area}>
          {marks.slice(1).map((mark) => (
            <div key={mark} className={classes.line} style={{ insetBlockEnd: percent(mark) }} />
          ))}
          <ol ref={list} className={classes.bars} aria-label={label}>
            {bars.map((bar, at) => (
              <li key={bar.key}>
                <AppLink
                  to={bar.to}
                  withSearch
                  className={classes.bar}
                  aria-label={bar.text}
                  tabIndex={at === Math.min(stop, bars.length - 1) ? 0 : -1}
                  onKeyDown={move}
                  onPointerEnter={() => setSeen(bar.key)}
                  onPointerLeave={() => setSeen(null)}
                  onFocus={() => {
                    setSeen(bar.key)
                    setStop(at)
                  }}
                  onBlur={() => setSeen(null)}
                >
                  {bar.total > bar.good && (
                    <span className={classes.rest} style={{ blockSize: percent(bar.total - bar.good) }} />
                  )}
                  {bar.good > 0 && <span className={classes.good} style={{ blockSize: percent(bar.good) }} />}
                </AppLink>
              </li>
            ))}
          </ol>
        </div>
        <div className={classes.axis} aria-hidden>
          {bars
            .filter((_, at) => at % every === 0)
            .map(({ key, label: under }) => (
              <span key={key}>{under}</span>
            ))}
        </div>
      </div>
      <ul className={classes.legend}>
        <li>{legend.good}</li>
        <li data-tone="rest">{legend.rest}</li>
      </ul>
    </>
  )
}
