import { createParser, type EventSourceMessage } from 'eventsource-parser'

/** One message: `id`, `event` and `data` as they were sent. */
export type StreamMessage = EventSourceMessage

/**
 * The messages of a `text/event-stream`. `alive` is called whenever anything arrives, comments that
 * only keep the connection open included.
 */
export async function* readStream(
  body: ReadableStream<Uint8Array>,
  alive: () => void = () => {},
): AsyncGenerator<StreamMessage, void> {
  const read: StreamMessage[] = []
  const parser = createParser({ onEvent: (message) => read.push(message) })
  const decoder = new TextDecoder()
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      alive()
      parser.feed(decoder.decode(value, { stream: true }))
      yield* read.splice(0)
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}
