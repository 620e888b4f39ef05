/** The name under which an unsent reply is kept; a follow-up takes it along. */
export const replyDraft = (ticketId: string) => `ticket-reply:${ticketId}`
