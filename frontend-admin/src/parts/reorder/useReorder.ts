import { useEffect, useState, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react'
import { placeAt } from './place.ts'

/** How near the edge of the window a drag begins to scroll, and how fast. */
const EDGE = 72
const STEP = 12

interface Drag {
  id: string
  from: number
  to: number
  /** How far the pointer went, in pixels. */
  by: number
  /** Where it began, from the top of the list. */
  start: number
  /** Where it is in the window. */
  pointer: number
  /** The middles of all things, from the top of the list. */
  middles: number[]
}

interface ReorderOptions {
  /** The ids of the things, in their order. */
  ids: readonly string[]
  /** Puts one at another place; the first is 0. */
  onMove: (id: string, place: number) => void
  onStart?: () => void
}

/**
 * Order by pointer (mouse, pen, finger) and by keyboard. Each thing has a grip: it is dragged, or
 * moved by the arrow keys, Home and End while it has the focus; Escape lets a drag go. Nothing
 * moves before the pointer is released: a line says where it will stand.
 */
export function useReorder({ ids, onMove, onStart }: ReorderOptions) {
  const [list, setList] = useState<HTMLOListElement | null>(null)
  const [drag, setDrag] = useState<Drag | null>(null)
  const dragged = drag !== null
  const pointer = drag?.pointer

  useEffect(() => {
    if (!dragged) return
    const cancel = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      setDrag(null)
    }
    document.addEventListener('keydown', cancel, true)
    return () => document.removeEventListener('keydown', cancel, true)
  }, [dragged])
  useEffect(() => {
    if (pointer === undefined) return
    const timer = setInterval(() => scrollAtEdge(pointer), 16)
    return () => clearInterval(timer)
  }, [pointer])

  const top = () => list?.getBoundingClientRect().top ?? 0

  const start = (id: string) => (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    onStart?.()
    const rows = [...(list?.children ?? [])].map((row) => row.getBoundingClientRect())
    const from = ids.indexOf(id)
    setDrag({
      id,
      from,
      to: from,
      by: 0,
      start: event.clientY - top(),
      pointer: event.clientY,
      middles: rows.map((row) => row.top + row.height / 2 - top()),
    })
  }
  const follow = (event: PointerEvent<HTMLElement>) => {
    if (!drag) return
    const by = event.clientY - top() - drag.start
    const middle = (drag.middles[drag.from] ?? 0) + by
    setDrag({ ...drag, by, pointer: event.clientY, to: placeAt(drag.middles, drag.from, middle) })
  }
  const letGo = () => setDrag(null)
  const drop = () => {
    if (drag && drag.to !== drag.from) onMove(drag.id, drag.to)
    letGo()
  }
  const byKey = (id: string) => (event: KeyboardEvent<HTMLElement>) => {
    const from = ids.indexOf(id)
    const last = ids.length - 1
    const to = { ArrowUp: from - 1, ArrowDown: from + 1, Home: 0, End: last }[event.key]
    if (to === undefined) return
    event.preventDefault()
    if (to !== from && to >= 0 && to <= last) onMove(id, to)
  }

  return {
    /** The ref of the list that holds them. */
    setList,
    /** For the element of a thing. */
    item: (id: string) => {
      const at = ids.indexOf(id)
      const target = drag && drag.to !== drag.from && drag.to === at ? drag : null
      return {
        'data-dragged': drag?.id === id || undefined,
        'data-drop': target ? (target.to < target.from ? 'before' : 'after') : undefined,
        style: (drag?.id === id ? { transform: `translateY(${drag.by}px)` } : {}) as CSSProperties,
      }
    },
    /** For its grip. */
    grip: (id: string) => ({
      onPointerDown: start(id),
      onPointerMove: follow,
      onPointerUp: drop,
      onPointerCancel: letGo,
      onKeyDown: byKey(id),
    }),
  }
}

function scrollAtEdge(pointer: number): void {
  if (pointer < EDGE) window.scrollBy(0, -STEP)
  else if (pointer > window.innerHeight - EDGE) window.scrollBy(0, STEP)
}
