export type Portal = 'customer' | 'admin'

/** `together`: the server serves its portals. `own hosts`: static hosts do, on other origins. */
export type Hosting = 'together' | 'own hosts'

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
export function rememberPlaces(places: Record<Hosting, Place>): void {
  process.env[NAME] = JSON.stringify(places)
}

export function placeOf(hosting: Hosting): Place {
  const places = process.env[NAME]
  if (!places) throw new Error('the servers were not started')
  return (JSON.parse(places) as Record<Hosting, Place>)[hosting]
}
