import { useQueryClient, type QueryClient, type QueryKey } from '@tanstack/react-query'
import {
  createContext,
  use,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import type { EventType, LiveEvent } from '../api/types.ts'
import { useMe, useSession } from '../session/SessionProvider.tsx'
import { LiveHub } from './hub.ts'
import { Invalidator } from './invalidate.ts'
import type { LiveState } from './messages.ts'

/** What an event means for the query cache: keys to fetch again, or a patch and nothing. */
export type LiveHandler = (event: LiveEvent, client: QueryClient) => readonly QueryKey[] | void

/** By event type, by subject (`'ticket.*'`), or `'*'`; all that fit are asked. */
export type LiveMap = Partial<Record<EventType | `${string}.*` | '*', LiveHandler>>

interface Live {
  hub: LiveHub
  invalidator: Invalidator
}

const LiveContext = createContext<Live | null>(null)

/** How long the first screen waits for the stream, so that it need not be fetched twice. */
const PATIENCE_MS = 700

/**
 * Opens the portal's event stream for the person signed in and keeps the query cache up to
 * date by `map`, the portal's one list of what each event makes stale. Children wait a
 * moment for the stream: what is fetched after `hello` cannot miss an event.
 */
export function LiveProvider(props: { map: LiveMap; fallback: ReactNode; children: ReactNode }) {
  const session = useSession()
  const user = useMe().id
  const client = useQueryClient()
  const live = useMemo<Live>(
    () => ({ hub: new LiveHub(session, user), invalidator: new Invalidator(client) }),
    [session, user, client],
  )
  const [waited, setWaited] = useState(false)

  useEffect(() => {
    const unsubscribe = live.hub.subscribe((message) => {
      if (message.kind === 'sync') live.invalidator.addAll()
    })
    const stop = live.hub.start()
    return () => {
      unsubscribe()
      stop()
      live.invalidator.stop()
    }
  }, [live])

  useEffect(() => {
    const done = () => setWaited(true)
    const timer = setTimeout(done, PATIENCE_MS)
    const unsubscribe = live.hub.subscribeState(() => {
      if (live.hub.getState() !== 'connecting') done()
    })
    return () => {
      clearTimeout(timer)
      unsubscribe()
    }
  }, [live])

  return (
    <LiveContext value={live}>
      <Listen map={props.map} />
      {waited ? props.children : props.fallback}
    </LiveContext>
  )
}

function Listen({ map }: { map: LiveMap }) {
  useLiveEvents(map)
  return null
}

function useLive(): Live {
  const live = use(LiveContext)
  if (!live) throw new Error('live updates outside a LiveProvider')
  return live
}

/** Listens while the component is shown. Handlers may close over props; no memo needed. */
export function useLiveEvents(map: LiveMap): void {
  const { hub, invalidator } = useLive()
  const client = useQueryClient()
  const onEvent = useEffectEvent((event: LiveEvent) => {
    for (const handler of handlersFor(map, event.type)) {
      const keys = handler(event, client)
      if (keys) invalidator.add(keys)
    }
  })
  useEffect(
    () =>
      hub.subscribe((message) => {
        if (message.kind === 'event') onEvent(message.event)
      }),
    [hub],
  )
}

/** The handlers of a map that fit a type, from the exact one to the widest. */
export function handlersFor(map: LiveMap, type: string): LiveHandler[] {
  const names = [type, `${type.split('.')[0]}.*`, '*'] as (keyof LiveMap)[]
  return names.flatMap((name) => map[name] ?? [])
}

/** Whether the page is live, for the indicator. */
export function useLiveState(): LiveState {
  const { hub } = useLive()
  return useSyncExternalStore(hub.subscribeState, hub.getState)
}
