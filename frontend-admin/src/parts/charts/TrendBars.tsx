import { useFormats, useLocale } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import { useCallback, useRef, useState, type KeyboardEvent } from 'react'
import { steps } from './scale.ts'
import classes from './charts.module.css'
import type { Tone } from './tone.ts'

export interface TrendBar {
  key: string
  /** All of it in words, for the reader's pointer, focus and screen reader. */
  text: string
  /** From the axis up. */
  parts: { tone: Tone; value: number }[]
  /** The list behind it. */
  to: string
}

/** A piece of time with its bars side by side. */
export interface TrendPiece {
  key: string
  /** Under its bars, where there is room. */
  label: string
  bars: TrendBar[]
}

interface TrendBarsProps {
  pieces: TrendPiece[]
  label: string
  legend: { tone: Tone; label: string }[]
  /** Said while no bar is looked at. */
  hint: string
}

const LABELS = 6

const totalOf = ({ parts }: TrendBar) => parts.reduce((sum, { value }) => sum + value, 0)

/**
 * Bars over time. Every bar leads to its list; all bars are one stop for the keyboard, and arrows
 * go from one to the next. Plain boxes, no library: the content security policy refuses the <style>
 * elements that chart libraries write, and a hundred kilobytes for bars are too many.
 */
export function TrendBars({ pieces, label, legend, hint }: TrendBarsProps) {
  const { number } = useFormats()
  const { direction } = useLocale()
  const list = useRef<HTMLOListElement>(null)
  const [seen, setSeen] = useState<string | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const bars = pieces.flatMap((piece) => piece.bars)
  const marks = steps(Math.max(...bars.map(totalOf), 0))
  const top = marks.at(-1) ?? 1
  const percent = (value: number) => `${(value / top) * 100}%`
  const every = Math.max(1, Math.ceil(pieces.length / LABELS))
  const known = bars.findIndex(({ key }) => key === chosen)
  const stop = known === -1 ? bars.length - 1 : known

  // Where not all bars fit, the newest are seen first.
  const showNewest = useCallback(
    (box: HTMLDivElement | null) =>
      box?.scrollTo({ left: direction === 'rtl' ? -box.scrollWidth : box.scrollWidth }),
    [direction],
  )

  const move = (event: KeyboardEvent) => {
    const forward = direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
    const back = direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft'
    const next = { [forward]: stop + 1, [back]: stop - 1, Home: 0, End: bars.length - 1 }[event.key]
    if (next === undefined || next < 0 || next >= bars.length) return
    event.preventDefault()
    list.current?.querySelectorAll('a')[next]?.focus()
  }

  return (
    <>
      <div className={classes.readout} aria-hidden>
        {seen === null ? hint : <strong>{bars.find(({ key }) => key === seen)?.text}</strong>}
      </div>
      <div className={classes.plot}>
        <div className={classes.scale} aria-hidden>
          {marks.map((mark) => (
            <span key={mark} style={{ insetBlockEnd: percent(mark) }}>
              {number(mark)}
            </span>
          ))}
        </div>
        <div className={classes.area}>
          <div className={classes.lines} aria-hidden>
            {marks.map((mark) => (
              <div key={mark} className={classes.line} style={{ insetBlockEnd: percent(mark) }} />
            ))}
          </div>
          <div key={pieces.length} className={classes.scroller} ref={showNewest}>
            <ol ref={list} className={classes.pieces} aria-label={label}>
              {pieces.map((piece, at) => (
                <li key={piece.key}>
                  <div className={classes.stand}>
                    {piece.bars.map((bar) => (
                      <AppLink
                        key={bar.key}
                        to={bar.to}
                        withSearch
                        className={classes.bar}
                        aria-label={bar.text}
                        tabIndex={bar === bars[stop] ? 0 : -1}
                        onKeyDown={move}
                        onPointerEnter={() => setSeen(bar.key)}
                        onPointerLeave={() => setSeen(null)}
                        onFocus={() => {
                          setSeen(bar.key)
                          setChosen(bar.key)
                        }}
                        onBlur={() => setSeen(null)}
                      >
                        {bar.parts.map(
                          ({ tone, value }) =>
                            value > 0 && (
                              <span
                                key={tone}
                                className={classes.part}
                                data-tone={tone}
                                style={{ blockSize: percent(value) }}
                              />
                            ),
                        )}
                      </AppLink>
                    ))}
                  </div>
                  {/* In the middle of the pieces it speaks for, so that it never leaves the chart. */}
                  <span className={classes.under} aria-hidden>
                    {at % every === Math.floor(every / 2) && piece.label}
                  </span>
                </li>
              ))}
            </ol>
          </div>
        </div>
      </div>
      <ul className={classes.legend}>
        {legend.map(({ tone, label: name }) => (
          <li key={tone} data-tone={tone}>
            {name}
          </li>
        ))}
      </ul>
    </>
  )
}
