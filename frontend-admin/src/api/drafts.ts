import { ifMatch, unwrap, type Visibility } from 'frontend-shared/api'
import { api } from '../portal.ts'

/** A reply and a note, each with a text of its own, and which of them is being written. */
export interface DraftTexts {
  visibility: Visibility
  reply: string
  note: string
}

/** What the server keeps for this person and ticket; version 0 where nothing is written. */
export interface ReplyDraft extends DraftTexts {
  version: number
}

export const getDraft = (id: string): Promise<ReplyDraft> =>
  unwrap(api.GET('/api/admin/tickets/{id}/draft', { params: { path: { id } } }))

/** Keeps the texts in place of what was read at a version. `keepalive`: also while the page goes. */
export const putDraft = (
  id: string,
  base: { version: number },
  texts: DraftTexts,
  keepalive = false,
): Promise<ReplyDraft> =>
  unwrap(
    api.PUT('/api/admin/tickets/{id}/draft', {
      params: { path: { id }, header: ifMatch(base) },
      body: texts,
      keepalive,
    }),
  )
