import { hasCode, ProblemError, type AdminTicketDetail, type Visibility } from 'frontend-shared/api'
import { useFormDraft } from 'frontend-shared/forms'
import { useSession } from 'frontend-shared/session'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { getDraft, putDraft, type DraftTexts, type ReplyDraft } from '../../api/drafts.ts'
import { mergeDrafts, type Elsewhere } from './draftMerge.ts'

const SAVE_AFTER_MS = 800
const AGAIN_AFTER_MS = 4_000

/** Whether the server has what is written; `here` when it could not be reached. */
export type DraftState = 'clean' | 'saving' | 'saved' | 'here'

const EMPTY: ReplyDraft = { visibility: 'public', reply: '', note: '', version: 0 }

const same = (a: DraftTexts, b: DraftTexts) => a.reply === b.reply && a.note === b.note
const textsOf = ({ visibility, reply, note }: DraftTexts): DraftTexts => ({ visibility, reply, note })

/**
 * What a person writes to a ticket. It is kept on this device at once, and on the server a
 * moment later, so that it is there on their next device. What they wrote elsewhere meanwhile
 * is taken in where it can be, and otherwise handed back as `elsewhere`, to be looked at.
 */
export function useReplyDraft(ticket: AdminTicketDetail) {
  const local = useFormDraft(`ticket-reply:${ticket.id}`, { ...textsOf(EMPTY), base: EMPTY })
  const session = useSession()
  const [state, setState] = useState<DraftState>('clean')
  const [elsewhere, setElsewhere] = useState<Elsewhere[]>([])
  // What the timers and answers of later need as it is then, not as it was drawn.
  const now = useRef(local.values)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const saving = useRef<Promise<void> | null>(null)
  const alive = useRef(true)

  const write = (next: typeof local.values) => {
    now.current = next
    local.setValues(next)
  }
  const later = (ms: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void save(), ms)
  }

  const settleOn = (theirs: ReplyDraft) => {
    if (!same(now.current, theirs)) {
      later(SAVE_AFTER_MS)
      return
    }
    setState(theirs.version === 0 ? 'clean' : 'saved')
    if (theirs.version !== 0) return
    // Nothing is written anywhere: nothing is kept on this device either. Whoever wrote a note
    // stays with notes: what follows it must not go to the customer unasked.
    now.current = { ...textsOf(EMPTY), visibility: now.current.visibility, base: EMPTY }
    local.startFrom(now.current)
  }
  /** Brings in what was written elsewhere. */
  const takeIn = (theirs: ReplyDraft) => {
    const mine = now.current
    const merged = mergeDrafts(mine.base, mine, theirs)
    write({ ...merged.texts, base: theirs })
    const seen = new Set(elsewhere.map(({ text }) => text))
    const more = merged.elsewhere.filter(({ text }) => !seen.has(text))
    if (more.length > 0) setElsewhere((old) => [...old, ...more])
    settleOn(theirs)
  }

  const saveOnce = async (keepalive: boolean) => {
    const { base, ...mine } = now.current
    if (same(mine, base)) return
    setState('saving')
    try {
      const kept = await putDraft(ticket.id, base, textsOf(mine), keepalive)
      if (!alive.current) return
      write({ ...now.current, base: kept })
      settleOn(kept)
    } catch (error) {
      if (!alive.current) return
      if (hasCode(error, 'version_mismatch')) {
        takeIn(error.problem.current as ReplyDraft)
        return
      }
      setState('here')
      if (error instanceof ProblemError && error.isTemporary) later(AGAIN_AFTER_MS)
    }
  }
  // One after the other: an answer that is overtaken would look like another device.
  const save = (keepalive = false): Promise<void> => {
    clearTimeout(timer.current)
    saving.current ??= saveOnce(keepalive).finally(() => {
      saving.current = null
    })
    return saving.current
  }

  const look = () => {
    if (saving.current) return
    getDraft(ticket.id)
      .then((theirs) => {
        if (alive.current && !saving.current) takeIn(theirs)
      })
      .catch(() => {
        const { base, ...mine } = now.current
        if (alive.current && !same(mine, base)) later(AGAIN_AFTER_MS)
      })
  }
  const load = useEffectEvent(look)
  const back = useEffectEvent(() => void save())
  const hide = useEffectEvent(() => void save(true))
  const leave = useEffectEvent(() => {
    const { base, ...mine } = now.current
    if (same(mine, base) || saving.current || session.getState().status !== 'signed_in') return
    // Nobody waits for the answer; what it would say comes with the next look.
    putDraft(ticket.id, base, textsOf(mine), true).catch(() => undefined)
  })

  useEffect(() => {
    alive.current = true
    load()
    const seen = () => {
      if (document.visibilityState === 'visible') load()
      else hide()
    }
    const online = () => back()
    const leaving = () => leave()
    document.addEventListener('visibilitychange', seen)
    addEventListener('pagehide', leaving)
    addEventListener('online', online)
    return () => {
      alive.current = false
      document.removeEventListener('visibilitychange', seen)
      removeEventListener('pagehide', leaving)
      removeEventListener('online', online)
      clearTimeout(timer.current)
      leave()
    }
  }, [])

  const { base: _, ...texts } = local.values
  return {
    texts,
    state,
    elsewhere,
    set: (next: Partial<DraftTexts>) => {
      write({ ...now.current, ...next })
      if ('reply' in next || 'note' in next) later(SAVE_AFTER_MS)
    },
    save: () => void save(),
    /** Before sending: what another device wrote is learned of before the server forgets it. */
    settle: async () => {
      clearTimeout(timer.current)
      await saving.current
    },
    /** The message is sent, and with it the server has emptied its text. */
    sent: (visibility: Visibility) => {
      const field = fieldOf(visibility)
      const { base } = now.current
      write({ ...now.current, [field]: '', base: { ...base, [field]: '' } })
      setState('clean')
      look()
    },
    forgetElsewhere: (one: Elsewhere) => setElsewhere((all) => all.filter((item) => item !== one)),
  }
}

/** Which text of a draft becomes a message of this kind. */
export const fieldOf = (visibility: Visibility) => (visibility === 'public' ? 'reply' : 'note')
