import { useEffect, useEffectEvent } from 'react'
import { useShortcutsSetting } from './setting.ts'

/** Keys as the keyboard's layout writes them, letters in lower case. */
export type Shortcut = '/' | '?' | 'j' | 'k' | 'r' | 'n' | 'i' | 'a' | 's' | 'p'

const TYPING = 'input, textarea, select, [contenteditable="true"], [role="textbox"]'
const BUSY = '[role="dialog"], [role="listbox"], [role="menu"]'

/** True when a key is meant for what has the focus, not for the page. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(`${TYPING}, ${BUSY}`) !== null
}

/** Single-key shortcuts while the component is shown; silent while typing and in dialogs. */
export function useShortcuts(map: Partial<Record<Shortcut, () => void>>): void {
  const [on] = useShortcutsSetting()
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (isTyping(event.target) || document.querySelector('[role="dialog"]')) return
    const run = map[event.key.toLowerCase() as Shortcut]
    if (!run) return
    event.preventDefault()
    run()
  })
  useEffect(() => {
    if (!on) return
    const listener = (event: KeyboardEvent) => onKey(event)
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  }, [on])
}
