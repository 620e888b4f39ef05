import type { FullConfig } from '@playwright/test'
import { freePort, startDesk } from './desk.ts'
import { serveSites } from './hosts.ts'
import { type Place, rememberPlaces } from './places.ts'

/**
 * Starts the servers for the whole run: for each worker one that serves its portals itself, so that
 * no test meets what another does at the same time, and one whose portals live on hosts of their own
 * beside it. Answers how to stop them.
 */
export default async function setup({ workers }: FullConfig): Promise<() => Promise<void>> {
  const stops: (() => Promise<void>)[] = []
  const stopAll = async () => {
    for (const stop of stops.toReversed()) await stop()
  }
  try {
    const together: Place[] = []
    while (together.length < workers) together.push(await startTogether(stops))
    rememberPlaces({ together, 'own hosts': await startApart(stops) })
  } catch (error) {
    await stopAll()
    throw error
  }
  return stopAll
}

async function startTogether(stops: (() => Promise<void>)[]): Promise<Place> {
  const desk = await startDesk(await freePort())
  stops.push(desk.stop)
  const { api, log } = desk
  return { api, log, customer: `${api}/customer`, admin: `${api}/admin` }
}

async function startApart(stops: (() => Promise<void>)[]): Promise<Place> {
  const [port, sites] = [await freePort(), await freePort()]
  const api = `http://api.bsm.localhost:${port}`
  const help = `http://help.bsm.localhost:${sites}`
  const staff = `http://desk.bsm.localhost:${sites}`
  const config = { api_base: api, customer_url: `${help}/customer/`, admin_url: `${staff}/admin/` }
  const desk = await startDesk(port, {
    BSM_PUBLIC_URL: api,
    BSM_ALLOWED_ORIGINS: `${help},${staff}`,
    BSM_PORTALS: 'false',
  })
  stops.push(desk.stop)
  stops.push(
    await serveSites(sites, [
      { host: 'help.bsm.localhost', portal: 'customer', config, api },
      { host: 'desk.bsm.localhost', portal: 'admin', config, api },
    ]),
  )
  return { api: desk.api, log: desk.log, customer: `${help}/customer`, admin: `${staff}/admin` }
}
