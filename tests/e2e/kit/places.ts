export type Portal = 'customer' | 'admin'

/**
 * `together`: the server serves its portals. `own hosts`: static hosts do, on other origins.
 * `replicas`: the parts of docker-compose.yml, each portal before a replica of its own.
 */
export type Hosting = 'together' | 'own hosts' | 'replicas'

/** Those that are started once for the whole run: `together`, one for each worker. */
interface Places {
  together: Place[]
  'own hosts': Place
}

/** Where a running product is found; portals without a slash at the end. */
export interface Place {
  customer: string
  admin: string
  api: string
  /** The file with the server's log. */
  log: string
}

const NAME = 'BSM_E2E_PLACES'

/** Hands the places on to the test processes, which inherit the environment. */
export function rememberPlaces(places: Places): void {
  process.env[NAME] = JSON.stringify(places)
}

/** The place of a worker, by its number among those that run at once. */
export function placeOf(hosting: keyof Places, worker: number): Place {
  const places = process.env[NAME]
  if (!places) throw new Error('the servers were not started')
  const { together, 'own hosts': apart } = JSON.parse(places) as Places
  const place = hosting === 'together' ? together[worker] : apart
  if (!place) throw new Error(`no server was started for worker ${worker}`)
  return place
}
