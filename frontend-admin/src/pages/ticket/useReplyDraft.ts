import {
  hasCode,
  newCall,
  ProblemError,
  type AdminTicketDetail,
  type CallPlace,
  type FormCall,
  type Visibility,
} from 'frontend-shared/api'
import { useFormDraft } from 'frontend-shared/forms'
import { useSession } from 'frontend-shared/session'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { getDraft, putDraft, type DraftTexts, type ReplyDraft } from '../../api/drafts.ts'
import { FIELDS, mergeDrafts, type Elsewhere } from './draftMerge.ts'

const SAVE_AFTER_MS = 800
const AGAIN_AFTER_MS = 4_000

/** Whether the server has what is written; `here` when it could not be reached. */
export type DraftState = 'clean' | 'saving' | 'saved' | 'here'

/** What this device keeps: the texts, what the server had when they were begun, and their calls. */
interface Local extends DraftTexts {
  base: ReplyDraft
  elsewhere: Elsewhere[]
  calls: Record<Elsewhere['field'], FormCall>
}

const EMPTY: ReplyDraft = { visibility: 'public', reply: '', note: '', version: 0 }

const blank = (visibility: Visibility): Local => ({
  visibility,
  reply: '',
  note: '',
  base: EMPTY,
  elsewhere: [],
  calls: { reply: newCall(), note: newCall() },
})
const isBlank = ({ reply, note, elsewhere }: Local) => reply === '' && note === '' && elsewhere.length === 0
const same = (a: DraftTexts, b: DraftTexts) => a.reply === b.reply && a.note === b.note
const textsOf = ({ visibility, reply, note }: DraftTexts): DraftTexts => ({ visibility, reply, note })

/**
 * A text that was sent and of which nobody knows whether it arrived stays where it is, even if its
 * draft is gone: it may be sent again, with the same key.
 */
function withUnknown(mine: Local, base: DraftTexts, theirs: ReplyDraft): ReplyDraft {
  const kept = { ...theirs }
  for (const field of FIELDS) {
    const unknown = mine.calls[field].sent !== undefined && mine[field] === base[field]
    if (unknown && theirs[field] === '') kept[field] = mine[field]
  }
  return kept
}

/** Which text of a draft becomes a message of this kind. */
export const fieldOf = (visibility: Visibility) => (visibility === 'public' ? 'reply' : 'note')

/**
 * What a person writes to a ticket. It is kept on this device at once, and on the server a
 * moment later, so that it is there on their next device. What they wrote elsewhere meanwhile
 * is taken in where it can be, and otherwise handed back as `elsewhere`, to be looked at.
 */
export function useReplyDraft(ticket: AdminTicketDetail) {
  const [initial] = useState(() => blank('public'))
  const local = useFormDraft<Local>(`ticket-reply:${ticket.id}`, initial)
  const session = useSession()
  const [state, setState] = useState<DraftState>('clean')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const saving = useRef<Promise<void> | null>(null)
  // While a message is on its way its draft is not saved: it would come to the server after it.
  const sending = useRef(false)
  // What was asked before a message was sent tells of a draft that is no more.
  const sentCount = useRef(0)
  const alive = useRef(true)

  const now = () => local.latest()
  const write = (changes: Partial<Local>) => local.setValues({ ...now(), ...changes })
  const later = (ms: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void save(), ms)
  }
  /** Nothing is written anywhere: nothing is kept on this device either. */
  const forget = () => {
    // Whoever wrote a note stays with notes: what follows it must not go to the customer unasked.
    local.startFrom(blank(now().visibility))
  }

  const settleOn = (theirs: ReplyDraft) => {
    if (!same(now(), theirs)) {
      later(SAVE_AFTER_MS)
      return
    }
    setState(theirs.version === 0 ? 'clean' : 'saved')
    if (isBlank(now())) forget()
  }
  /** Brings in what was written elsewhere since `base`. */
  const takeIn = (answer: ReplyDraft, base: DraftTexts = now().base) => {
    const mine = now()
    const theirs = withUnknown(mine, base, answer)
    const merged = mergeDrafts(base, mine, theirs)
    const seen = new Set(mine.elsewhere.map(({ text }) => text))
    const more = merged.elsewhere.filter(({ text }) => !seen.has(text))
    write({ ...merged.texts, base: theirs, elsewhere: [...mine.elsewhere, ...more] })
    settleOn(theirs)
  }

  const saveOnce = async (keepalive: boolean) => {
    const { base, ...mine } = now()
    if (sending.current || same(mine, base)) return
    setState('saving')
    try {
      const kept = await putDraft(ticket.id, base, textsOf(mine), keepalive)
      if (!alive.current) return
      write({ base: kept })
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

  const look = (known?: Partial<DraftTexts>) => {
    if (saving.current) return
    const asked = sentCount.current
    getDraft(ticket.id)
      .then((theirs) => {
        if (!alive.current || saving.current || asked !== sentCount.current) return
        takeIn(theirs, { ...now().base, ...known })
      })
      .catch(() => {
        const { base, ...mine } = now()
        if (alive.current && !same(mine, base)) later(AGAIN_AFTER_MS)
      })
  }
  const load = useEffectEvent(() => look())
  const back = useEffectEvent(() => void save())
  const hide = useEffectEvent(() => void save(true))
  const leave = useEffectEvent(() => {
    const { base, ...mine } = now()
    if (same(mine, base) || saving.current || sending.current) return
    if (session.getState().status !== 'signed_in') return
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

  /** The message stands, and with it the server has emptied the text that it was. */
  const sent = (visibility: Visibility, body: string) => {
    const field = fieldOf(visibility)
    sentCount.current += 1
    // Something else is written there by now: it was not what was sent, and stays.
    if (now()[field] === body) {
      const { base, calls } = now()
      write({ [field]: '', base: { ...base, [field]: '' }, calls: { ...calls, [field]: newCall() } })
      if (isBlank(now())) forget()
      else local.keep()
    }
    setState('clean')
  }

  return {
    texts: textsOf(local.values),
    state,
    elsewhere: local.values.elsewhere,
    set: (next: Partial<DraftTexts>) => {
      write(next)
      if ('reply' in next || 'note' in next) later(SAVE_AFTER_MS)
    },
    save: () => void save(),
    /** The call of a reply, or of a note. */
    call: (visibility: Visibility): CallPlace => {
      const field = fieldOf(visibility)
      return {
        get: () => now().calls[field],
        set: (call) => {
          write({ calls: { ...now().calls, [field]: call } })
          local.keep()
        },
      }
    },
    /** Sends a message; its draft is on the server before, and nowhere after. */
    send: async <T>(visibility: Visibility, body: string, post: () => Promise<T>): Promise<T> => {
      // What another device wrote is learned of before the server forgets it.
      await saving.current
      await save()
      clearTimeout(timer.current)
      sending.current = true
      try {
        const answer = await post()
        sent(visibility, body)
        return answer
      } finally {
        sending.current = false
        // What the server may still have of it is what was sent, and goes with it.
        if (alive.current) look(now()[fieldOf(visibility)] === '' ? { [fieldOf(visibility)]: body } : {})
      }
    },
    forgetElsewhere: (one: Elsewhere) => {
      write({
        elsewhere: now().elsewhere.filter(({ field, text }) => field !== one.field || text !== one.text),
      })
      local.keep()
      if (isBlank(now()) && now().base.version === 0) forget()
    },
  }
}
