/** What a listener hears of an event; the contract has the rest. */
export interface HeardEvent {
  type: string
  subject: { kind: string; id: string; number?: string }
}

/** One person's event stream, read without a page. */
export class Listener {
  readonly heard: HeardEvent[] = []

  private constructor(
    private readonly body: ReadableStream<Uint8Array>,
    private readonly stop: AbortController,
  ) {}

  /** Listens from now on: everything that happens after this is heard. */
  static async open(address: string, path: string, token: string): Promise<Listener> {
    const stop = new AbortController()
    const response = await fetch(address + path, {
      headers: { Accept: 'text/event-stream', Authorization: `Bearer ${token}` },
      signal: stop.signal,
    })
    if (!response.ok || !response.body) throw new Error(`${path} answered ${response.status}`)
    const listener = new Listener(response.body, stop)
    await new Promise<void>((opened, failed) => {
      listener.read(opened).catch(failed)
    })
    return listener
  }

  close(): void {
    this.stop.abort()
  }

  private async read(opened: () => void): Promise<void> {
    const decoder = new TextDecoder()
    let rest = ''
    try {
      for await (const piece of this.body) {
        const blocks = (rest + decoder.decode(piece, { stream: true })).split('\n\n')
        rest = blocks.pop() ?? ''
        for (const block of blocks) this.take(block, opened)
      }
    } catch (error) {
      if (!this.stop.signal.aborted) throw error
    }
  }

  private take(block: string, opened: () => void): void {
    const line = (name: string) =>
      block
        .split('\n')
        .find((item) => item.startsWith(`${name}:`))
        ?.slice(name.length + 1)
        .trim()
    if (line('event') === 'hello') opened()
    const data = line('data')
    if (data?.includes('"subject"')) this.heard.push(JSON.parse(data) as HeardEvent)
  }
}
